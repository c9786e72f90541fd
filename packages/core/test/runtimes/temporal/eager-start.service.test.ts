import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { WorkflowError } from '../../../src/errors.js';
import { createTemporalOrchestrator } from '../../../src/runtimes/temporal/client/create-temporal-orchestrator.js';
import type { Step } from '../../../src/workflow/definition.js';
import { serviceAddress } from '../../stores/support/service-address.js';
import { tcpProxy } from '../../stores/support/tcp-proxy.js';
import { createTemporalWorld, scriptedCatalog, type TemporalWorld } from './support/temporal-world.js';

const address = serviceAddress('TEMPORAL_ADDRESS');
const starter = fileURLToPath(new URL('./support/starting-process.ts', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx');

const steps: readonly Step[] = [{ id: 'a', kind: 'action', action: 'put', input: { n: 1 } }];
const definition = { id: 'test', name: 'Test', steps };

const refusal = (code: string) => expect.objectContaining({ code });

/** Whether the first task of a run went to a worker with the answer to its start. */
const beganBeside = async (world: TemporalWorld, runId: string): Promise<boolean> => {
  const { events } = await world.connection.client.workflow.getHandle(runId).fetchHistory();
  return events?.[0]?.workflowExecutionStartedEventAttributes?.eagerExecutionAccepted ?? false;
};

test('a run begins in the worker beside its client, while that one is ready and serves the queue', async () => {
  const world = await createTemporalWorld();
  onTestFinished(() => world.close());
  const here = await world.run(steps);
  expect(await world.ended(here)).toMatchObject({ status: 'succeeded' });
  expect(await beganBeside(world, here)).toBe(true);

  const taskQueue = `${world.taskQueue}-other`;
  await world.startWorker({ taskQueue });
  const elsewhere = `${here}-elsewhere`;
  await world.orchestrator.start({ runId: elsewhere, definition, version: 1, input: {}, taskQueue });
  expect(await world.ended(elsewhere)).toMatchObject({ status: 'succeeded' });
  expect(await beganBeside(world, elsewhere)).toBe(false);

  await world.beside?.close();
  const later = await world.run(steps);
  await world.startWorker();
  expect(await world.ended(later)).toMatchObject({ status: 'succeeded' });
  expect(await beganBeside(world, later)).toBe(false);
});

test('starts beside a worker that closes are taken or refused, and none is lost', async () => {
  const world = await createTemporalWorld();
  onTestFinished(() => world.close());
  const starts = Array.from({ length: 30 }, () => world.run(steps));
  const closed = world.beside?.close();
  const outcomes = await Promise.allSettled(starts);
  await closed;
  await world.startWorker();
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toEqual(refusal('store_unavailable'));
    else expect(await world.ended(outcome.value)).toMatchObject({ status: 'succeeded' });
  }
  expect(new Set(world.called.map(({ key }) => key)).size).toBe(world.called.length);
});

test.each(['freeze', 'kill'] as const)(
  'a start is refused in time when the way to the server is cut (%s), and can be sent again',
  { timeout: 120_000 },
  async (cut) => {
    const [host = '', port = ''] = address.split(':');
    const proxy = await tcpProxy(host, Number(port));
    // The client does not look at its server meanwhile: it believes that all is well.
    const world = await createTemporalWorld({ address: `127.0.0.1:${proxy.port}`, watchEveryMs: 600_000 });
    onTestFinished(async () => {
      await world.close();
      await proxy.close();
    });
    const runId = `run_${world.taskQueue}`;
    const start = () => world.orchestrator.start({ runId, definition, version: 1, input: {} });

    expect(world.beside?.connection()).toBeDefined();
    const begun = performance.now();
    await proxy[cut]();
    await expect(start()).rejects.toEqual(refusal('store_unavailable'));
    expect(performance.now() - begun).toBeLessThan(5000);

    if (cut === 'freeze') proxy.thaw();
    else await proxy.restart();
    await expect.poll(() => startedOnce(start), { timeout: 60_000 }).toBe(true);
    expect(await world.ended(runId)).toMatchObject({ status: 'succeeded' });
    expect(world.called.map(({ key }) => key)).toEqual([`${runId}/a`]);
  },
);

/** False while the server is away; a run that the refused start had begun all the same is there already. */
const startedOnce = async (start: () => Promise<unknown>): Promise<boolean> => {
  try {
    await start();
    return true;
  } catch (error) {
    if (!WorkflowError.is(error)) throw error;
    expect(['already_exists', 'store_unavailable']).toContain(error.code);
    return error.code === 'already_exists';
  }
};

test('a run whose process is killed in its first task goes on in another worker', {
  timeout: 60_000,
}, async () => {
  const world = await createTemporalWorld();
  onTestFinished(() => world.close());
  const taskQueue = `${world.taskQueue}-killed`;
  const runId = `run_${taskQueue}`;
  const child = spawn(process.execPath, ['--import', tsx, starter, address, taskQueue, runId], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  expect(await beganBeside(world, runId)).toBe(true);

  await world.startWorker({ taskQueue });
  expect(await world.ended(runId)).toMatchObject({ status: 'succeeded' });
  expect(world.called.map(({ key }) => key)).toEqual([`${runId}/a`, `${runId}/b`]);
});

test('a worker of another server or namespace is refused', async () => {
  const world = await createTemporalWorld({ worker: false });
  onTestFinished(() => world.close());
  const worker = await world.startWorker();
  const over = (other: { readonly address?: string; readonly namespace?: string }) => () =>
    createTemporalOrchestrator({
      connection: world.connection,
      catalog: scriptedCatalog({}, []),
      workers: [{ ...worker, ...other }],
      logger: { debug() {}, info() {}, warn() {}, error() {} },
    });
  expect(over({ namespace: 'another' })).toThrow(refusal('configuration'));
  expect(over({ address: 'another:7233' })).toThrow(refusal('configuration'));
  expect(over({})).not.toThrow();
});
