import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { composeDemo } from '../src/compose-demo.js';
import { readConfig } from '../src/config.js';

let dataDir: string;
const compose = (env: Record<string, string> = {}) =>
  composeDemo(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env }), 'Test');

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fk-workflow-compose-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

test('a Redis that is down degrades the demo, it does not stop it', async () => {
  const demo = await compose({ REDIS_HOST: '127.0.0.1', REDIS_PORT: '1' });
  await demo.builder.start();
  expect(demo.parts).toContain('sessions, locks and limits: Redis (not reached: in memory until it is)');
  expect(demo.builder.health()).toMatchObject({ status: 'degraded', session_store: 'memory' });
  expect(demo.builder.ready()).toBe(true);
  await demo.close(0);
});

test('a key turns on the model, and is shown nowhere', async () => {
  const demo = await compose({ ANTHROPIC_API_KEY: 'sk-test-secret', ANTHROPIC_MODEL: 'some-model' });
  expect(demo.parts).toContain('model: some-model');
  expect(demo.parts.join()).not.toContain('secret');
  await demo.close(0);
});

test('webhooks keep their paths over a restart when they are signed with WEBHOOK_SECRET', async () => {
  const secret = 'a-secret-that-is-long-enough-for-it';
  const pathOf = async (env: Record<string, string>, id: string) => {
    const demo = await compose(env);
    const saved = {
      id,
      version: 1,
      definition: { id, name: id, trigger: { kind: 'webhook' }, steps: [] },
    } as const;
    const token = demo.builder.triggers.hookToken(saved);
    expect(demo.parts.join()).not.toContain(secret);
    await demo.close(0);
    return { token, line: demo.parts.find((part) => part.startsWith('webhooks')) };
  };
  const signed = { WEBHOOK_SECRET: secret };
  expect((await pathOf(signed, 'w')).token).toBe((await pathOf(signed, 'w')).token);
  const [first, second] = [await pathOf({}, 'w'), await pathOf({}, 'w')];
  expect(first.token).not.toBe(second.token);
  expect(first.line).toContain('no WEBHOOK_SECRET');
});

test('a failure at the start frees what was opened before it', async () => {
  const file = join(dataDir, 'simulator.jsonl');
  await writeFile(file, 'not what the simulator wrote\n');
  await expect(compose()).rejects.toMatchObject({ code: 'configuration' });
  await rm(file);
  const demo = await compose();
  expect(demo.parts[0]).toContain('SQLite');
  await demo.close(0);
});

test('runs and what the simulator did are there after a restart', async () => {
  const first = await compose();
  await first.builder.start();
  const steps = [{ id: 'end', kind: 'stop', outcome: 'succeeded' }];
  const { run } = await first.builder.runs.execute({ definition: { id: 'end', name: 'End', steps } });
  await first.close();
  const second = await compose();
  await second.builder.start();
  expect(await second.builder.runs.get(run.runId)).toMatchObject({ workflowId: 'end' });
  await second.close(0);
});
