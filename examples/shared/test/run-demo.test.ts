import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fk-workflow-run-demo-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true });
});

/** Runs an example on the sources, in a process of its own. */
const run = (example: string, env: Record<string, string> = {}) => {
  const child = spawn(process.execPath, ['--import', 'tsx', `examples/${example}/src/main.ts`], {
    env: {
      PATH: process.env.PATH,
      TSX_TSCONFIG_PATH: 'tsconfig.base.json',
      PORT: '0',
      DATA_DIR: join(dataDir, example),
      ...env,
    },
  });
  children.push(child);
  const printed = { out: '', error: '' };
  child.stderr.on('data', (chunk) => {
    printed.error += chunk;
  });
  const exited = once(child, 'close').then(([code]) => code);
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      printed.out += chunk;
      const found = /demo: (http:\S+)/.exec(printed.out)?.[1];
      if (found !== undefined) resolve(found);
    });
    exited.then(() => reject(new Error(printed.error)));
  });
  url.catch(() => undefined);
  return { child, printed, exited, url };
};

describe.each(['express', 'fastify'])('the %s demo', { timeout: 30_000 }, (example) => {
  test('says what it chose, serves the page, and ends with 0 on SIGTERM while a stream is open', async () => {
    const demo = run(example);
    const url = await demo.url;
    expect(demo.printed.out).toContain('workflows and runs: SQLite');
    expect(demo.printed.out).toContain('model: offline planner');

    const page = await fetch(url, { headers: { Accept: 'text/html' } });
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).toContain('<fk-workflow-builder');
    expect(await (await fetch(`${url}/simulator/mail`)).json()).toEqual([]);
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({
      status: 'healthy',
      journal: 'sqlite',
    });

    const started = await fetch(`${url}/api/workflows/execute`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        definition: { id: 'nap', name: 'Nap', steps: [{ id: 'pause', kind: 'wait', signal: 'wake' }] },
      }),
    });
    const { run_id }: { run_id: string } = JSON.parse(await started.text());
    const stream = await fetch(`${url}/api/runs/${run_id}/events`, {
      headers: { Accept: 'text/event-stream' },
    });
    expect(stream.status).toBe(200);

    demo.child.kill('SIGTERM');
    expect(await demo.exited).toBe(0);
    expect(demo.printed.error).toBe('');
  });
});

describe('what a person can put right is one sentence', { timeout: 30_000 }, () => {
  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const demo = run('express', { PORT: port, DATA_DIR: join(dataDir, 'port') });
    expect(await demo.exited).toBe(1);
    expect(demo.printed.error).toBe(
      `Port ${port} of 127.0.0.1 is in use: stop what listens there or set PORT.\n`,
    );
    other.close();
  });

  test('a bad variable', async () => {
    const demo = run('express', { PORT: 'high' });
    expect(await demo.exited).toBe(1);
    expect(demo.printed.error).toBe('PORT is "high": it must be a whole number from 0 to 65535.\n');
  });
});
