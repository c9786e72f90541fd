import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Step } from '../../../src/workflow/definition.js';
import { serviceAddress } from '../../stores/support/service-address.js';
import { temporalServer } from './support/temporal-server.js';
import { createTemporalWorld, until } from './support/temporal-world.js';
import { workflowCode } from './support/workflow-code.js';

const script = fileURLToPath(new URL('./support/worker-process.ts', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx');

/** Milliseconds that the server is away. */
const outageMs = Number(process.env.TEMPORAL_OUTAGE_MS ?? 30_000);

const refusal = (code: string) => expect.objectContaining({ code });

test('a worker that is killed twice in the middle of 50 runs calls nothing irreversible twice', {
  timeout: 180_000,
}, async () => {
  const world = await createTemporalWorld({ worker: false });
  onTestFinished(() => world.close());
  const codePath = await workflowCode();
  const calls: string[] = [];
  let child: ChildProcess | undefined;
  onTestFinished(() => {
    child?.kill('SIGKILL');
  });

  const startWorker = async (): Promise<void> => {
    const started = spawn(
      process.execPath,
      ['--import', tsx, script, serviceAddress('TEMPORAL_ADDRESS'), world.taskQueue, codePath],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    child = started;
    createInterface({ input: started.stdout }).on('line', (line) => calls.push(line));
    const before = calls.length;
    await until(() => calls.slice(before).includes('ready'));
  };
  /** Kills it as soon as so many handlers more were called. */
  const killAfter = async (more: number): Promise<void> => {
    const before = calls.length;
    await until(() => calls.length > before + more);
    child?.kill('SIGKILL');
  };

  // One after the other past the nap: not all 50 are in the middle of their mail when the worker dies.
  const steps = (n: number): readonly Step[] => [
    { id: 'a', kind: 'action', action: 'look' },
    { id: 'b', kind: 'action', action: 'put', input: { n: 1 } },
    { id: 'nap', kind: 'wait', duration: `PT${1 + n / 5}S` },
    { id: 'c', kind: 'action', action: 'pay' },
    { id: 'd', kind: 'action', action: 'mail' },
  ];
  const ids = await Promise.all(
    Array.from({ length: 50 }, (_, n) => world.run(steps(n), { config: { onFailure: 'none' } })),
  );
  await startWorker();
  await killAfter(70);
  await startWorker();
  await killAfter(80);
  await startWorker();

  const runs = await Promise.all(ids.map((id) => world.ended(id, 90_000)));
  const failed = runs.filter(({ status }) => status !== 'succeeded');
  for (const run of failed) expect(run.error).toMatchObject({ code: 'outcome_unknown', path: 'd' });
  expect(failed.length).toBeLessThan(25);
  const mails = calls.filter((line) => line.startsWith('mail'));
  expect(mails).toEqual([...new Set(mails)]);
  const mailed = runs.filter(({ status }) => status === 'succeeded').map(({ runId }) => `mail ${runId}/d`);
  expect(mails).toEqual(expect.arrayContaining(mailed));
  const keys = new Set(calls.filter((line) => line.startsWith('put') || line.startsWith('pay')));
  expect(keys).toEqual(new Set(ids.flatMap((id) => [`put ${id}/b`, `pay ${id}/c`])));
});

test('a server that is away for a while costs no run and no answer', {
  timeout: outageMs + 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fk-workflow-temporal-'));
  const server = await temporalServer(join(folder, 'temporal.db'));
  await server.start();
  const world = await createTemporalWorld({ address: server.address, worker: false });
  const worker = await world.startWorker();
  onTestFinished(async () => {
    await world.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const steps: readonly Step[] = [
    { id: 'a', kind: 'action', action: 'put', input: { n: 1 } },
    { id: 'nap', kind: 'wait', duration: 'PT3S' },
    { id: 'b', kind: 'action', action: 'mail' },
  ];
  const ids = await Promise.all(Array.from({ length: 10 }, () => world.run(steps)));
  await Promise.all(ids.map((id) => world.waiting(id)));
  await server.stop();

  const begun = performance.now();
  await expect(world.run(steps)).rejects.toEqual(refusal('store_unavailable'));
  expect(performance.now() - begun).toBeLessThan(5000);
  await until(() => world.orchestrator.status?.() === 'disconnected' && !worker.ready());
  await expect(world.orchestrator.events(ids[0] ?? '')).rejects.toEqual(refusal('store_unavailable'));
  await pause(Math.max(0, outageMs - (performance.now() - begun)));

  await server.start();
  await until(() => world.orchestrator.status?.() === 'connected' && worker.ready(), 60_000);
  const runs = await Promise.all(ids.map((id) => world.ended(id, 60_000)));
  expect(runs.map(({ status }) => status)).toEqual(ids.map(() => 'succeeded'));
  expect(world.called.map(({ key }) => key).sort()).toEqual(
    ids.flatMap((id) => [`${id}/a`, `${id}/b`]).sort(),
  );
  expect(await world.ended(await world.run(steps))).toMatchObject({ status: 'succeeded' });
});

test('without a worker runs start and wait, and what only a worker knows is refused, never empty', {
  timeout: 60_000,
}, async () => {
  const world = await createTemporalWorld({ worker: false });
  onTestFinished(() => world.close());
  const runId = await world.run([{ id: 'a', kind: 'action', action: 'look' }]);
  const begun = performance.now();
  await expect(world.orchestrator.events(runId)).rejects.toEqual(refusal('worker_unavailable'));
  expect(performance.now() - begun).toBeLessThan(5000);
  await expect(world.orchestrator.get(runId)).rejects.toEqual(refusal('worker_unavailable'));
  await expect(world.orchestrator.signal(runId, 'x', null, null)).rejects.toEqual(
    refusal('worker_unavailable'),
  );

  const worker = await world.startWorker();
  const ended = await world.ended(runId);
  const events = await world.events(runId);
  await worker.close();
  // How it ended stands in the history, which outlives every worker.
  expect(await world.orchestrator.get(runId)).toEqual(ended);
  expect(await world.events(runId)).toEqual(events);
  const seen: unknown[] = [];
  for await (const event of world.orchestrator.observe(runId, 0, new AbortController().signal))
    seen.push(event.type);
  expect(seen.at(-1)).toBe('run.succeeded');

  // A cancel is durable all the same.
  const other = await world.run([{ id: 'nap', kind: 'wait', duration: 'P1D' }]);
  expect(await world.orchestrator.cancel(other, null)).toMatchObject({ runId: other, status: 'running' });
  await world.startWorker();
  expect(await world.ended(other)).toMatchObject({ status: 'cancelled' });
});
