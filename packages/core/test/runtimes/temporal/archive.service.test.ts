import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { actionFailure } from '../../../src/catalog/action.js';
import type { Orchestrator } from '../../../src/ports/orchestrator.js';
import type { RunArchive } from '../../../src/ports/run-archive.js';
import { createTemporalOrchestrator } from '../../../src/runtimes/temporal/client/create-temporal-orchestrator.js';
import { memoryRunArchive } from '../../../src/stores/memory-run-archive.js';
import { openSqlite, type SqliteStores } from '../../../src/stores/sqlite/open-sqlite.js';
import { manualClock } from '../../../src/testing/manual-clock.js';
import type { Step } from '../../../src/workflow/definition.js';
import type { RunEvent } from '../../../src/workflow/run.js';
import { recordingLogger } from '../../stores/support/recording-logger.js';
import { type TemporalServer, temporalServer } from './support/temporal-server.js';
import {
  createTemporalWorld,
  type Script,
  scriptedCatalog,
  type TemporalWorld,
  until,
} from './support/temporal-world.js';

const logger = recordingLogger();
let folder: string;
let server: TemporalServer;
let stores: SqliteStores;
/** Starts runs and looks at them without an archive. */
let world: TemporalWorld;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fk-workflow-archive-'));
  // Else it takes a deletion half a minute.
  const deletesAtOnce = ['transferProcessor', 'visibilityProcessor'].flatMap((name) => [
    '--dynamic-config-value',
    `history.${name}EnsureCloseBeforeDelete=false`,
  ]);
  server = await temporalServer(join(folder, 'temporal.db'), deletesAtOnce);
  await server.start();
  stores = await openSqlite(join(folder, 'archive.db'), { logger });
  world = await createTemporalWorld({ address: server.address, timeScale: 1000 });
}, 60_000);
afterAll(async () => {
  await world.close();
  await stores.close();
  await server.stop();
  await rm(folder, { recursive: true });
});

/** Another server's client, over an archive; its sweep goes by a clock that stands still. */
const clientOver = (archive: RunArchive, clock = manualClock()): Orchestrator => {
  const client = createTemporalOrchestrator({
    connection: world.connection,
    catalog: scriptedCatalog({}, []),
    taskQueues: [world.taskQueue],
    logger,
    clock,
    archive,
    timeScale: 1000,
  });
  onTestFinished(() => client.close());
  return client;
};

/** What the namespace's retention does in the end: history and entry in the list are gone. */
const forget = async (...runIds: readonly string[]): Promise<void> => {
  const { client, namespace, call } = world.connection;
  for (const workflowId of runIds) {
    await call(() =>
      client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } }),
    );
  }
  const isGone = async (runId: string): Promise<boolean> => {
    const { count } = await client.workflow.count(`WorkflowId = '${runId}'`);
    const described = await client.workflow
      .getHandle(runId)
      .describe()
      .catch(() => undefined);
    return count === 0 && described === undefined;
  };
  await until(async () => (await Promise.all(runIds.map(isGone))).every((gone) => gone));
};

const keptWhole = async (archive: RunArchive, runIds: readonly string[]): Promise<boolean> => {
  const kept = await archive.kept(runIds);
  return kept.filter(({ hasEvents }) => hasEvents).length === runIds.length;
};

const observed = async (client: Orchestrator, runId: string, after = 0): Promise<readonly RunEvent[]> => {
  const seen: RunEvent[] = [];
  for await (const event of client.observe(runId, after, new AbortController().signal)) seen.push(event);
  return seen;
};

const listed = async (
  client: Orchestrator,
  limit: number,
  workflowId: string,
): Promise<readonly string[]> => {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.list({ limit, workflowId, ...(cursor === undefined ? {} : { cursor }) });
    ids.push(...page.items.map(({ runId }) => runId));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return ids;
};

const refusal = (code: string) => expect.objectContaining({ code });
const look: Step = { id: 'a', kind: 'action', action: 'look', input: { n: 1 } };
const mail: Step = { id: 'b', kind: 'action', action: 'mail', input: { n: '${{ steps.a.output.n }}' } };
const reply: Step = { id: 'reply', kind: 'wait', signal: 'go' };

const refuse: Script = () => {
  throw actionFailure('refused', 'It is refused.', { retryable: false });
};

/** A run that fails at `b`. */
const failingRun = async (): Promise<string> => {
  world.scripts.mail = refuse;
  const runId = await world.run([look, mail], { config: { onFailure: 'none' } });
  await world.ended(runId);
  delete world.scripts.mail;
  return runId;
};

describe('the sweep', () => {
  test('of a client that starts later keeps every end that nobody saw, whatever it was', {
    timeout: 60_000,
  }, async () => {
    world.saved.set('child', { id: 'child', name: 'Child', steps: [look] });
    const child: Step = { id: 'sub', kind: 'workflow', workflow: 'child', version: 1 };
    const succeeded = await world.run([look, child], { output: '${{ steps.a.output.n }}' });
    const failed = await failingRun();
    const cancelled = await world.run([reply]);
    await world.waiting(cancelled);
    await world.orchestrator.cancel(cancelled, 'Enough.');
    const open = await world.run([reply]);
    const ids = [succeeded, `${succeeded}.sub`, failed, cancelled];
    const runs = await Promise.all(ids.map((id) => world.ended(id)));

    const clock = manualClock();
    const client = clientOver(stores.archive, clock);
    await client.recover();
    expect(await stores.archive.kept(ids)).toEqual([]);
    // Temporal's list is late; each turn of the clock is a minute.
    await until(async () => {
      await clock.next();
      return keptWhole(stores.archive, ids);
    });
    for (const [n, id] of ids.entries()) {
      expect((await stores.archive.get(id))?.run).toEqual(runs[n]);
      expect((await stores.archive.get(id))?.events).toEqual(await world.orchestrator.events(id));
    }
    expect(await stores.archive.kept([open])).toEqual([]);
    await client.close();
    await until(async () => clock.pending === 0);
    await world.orchestrator.cancel(open, null);
  });

  test('of several servers at once keeps each run once', async () => {
    const runId = await world.run([look]);
    await world.ended(runId);
    const archive = memoryRunArchive();
    const clocks = [manualClock(), manualClock(), manualClock()];
    for (const clock of clocks) await clientOver(archive, clock).recover();
    await until(async () => {
      await Promise.all(clocks.map((clock) => clock.next()));
      return keptWhole(archive, [runId]);
    });
    const all = (await archive.list({ limit: 1000 })).map(({ run }) => run.runId);
    expect(all).toEqual([...new Set(all)]);
  });
});

describe('an end', () => {
  test('is kept by whoever sees it: following, reading the run, its events or a list', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => world.run([look], { id: 'seen' })));
    const [followed = '', read = '', asked = ''] = ids;
    const archive = memoryRunArchive();
    const client = clientOver(archive);
    // Its polls go by a clock that goes.
    const follower = createTemporalOrchestrator({
      ...world,
      catalog: scriptedCatalog({}, []),
      logger,
      archive,
    });
    expect((await observed(follower, followed)).at(-1)?.type).toBe('run.succeeded');
    // In the background, but before it is closed.
    await follower.close();
    expect(await keptWhole(archive, [followed])).toBe(true);
    await Promise.all(ids.map((id) => world.ended(id)));
    expect(await client.get(read)).toEqual((await archive.get(read))?.run);
    expect(await client.events(asked)).toEqual((await archive.get(asked))?.events);
    const inList = await world.run([look], { id: 'seen' });
    await world.ended(inList);
    await until(async () => (await listed(client, 10, 'seen')).length === 4);
    await until(async () => {
      await listed(client, 10, 'seen');
      return keptWhole(archive, [inList]);
    });
  });
});

describe('a run whose history is gone', () => {
  test('is read, listed, followed and retried, and nothing else can be done with it', {
    timeout: 60_000,
  }, async () => {
    const runId = await failingRun();
    const events = await world.orchestrator.events(runId);
    const client = clientOver(stores.archive);
    const run = await client.get(runId);
    await forget(runId);

    expect(await client.get(runId)).toEqual(run);
    expect(run).toMatchObject({ runId, status: 'failed', error: { code: 'refused', path: 'b' } });
    expect(await client.events(runId)).toEqual(events);
    expect(await observed(client, runId, 2)).toEqual(events.slice(2));
    expect(await listed(client, 3, 'test')).toContain(runId);
    await expect(client.signal(runId, 'go', null, null)).rejects.toEqual(refusal('conflict'));
    await expect(client.cancel(runId, null)).rejects.toEqual(refusal('conflict'));
    await expect(
      client.start({ runId, definition: { id: 'x', name: 'X', steps: [] }, version: 1, input: {} }),
    ).rejects.toEqual(refusal('already_exists'));

    const again = `${runId}-again`;
    await client.retry({ runId: again, retryOf: runId, from: 'b' });
    expect(await world.ended(again)).toMatchObject({ status: 'succeeded', retryOf: runId, retryFrom: 'b' });
    expect(world.called.at(-1)).toMatchObject({ action: 'mail', key: `${runId}/b`, input: { n: 1 } });
    expect(await world.story(again)).toEqual([
      'run.started',
      'step.skipped a',
      'step.started b',
      'step.succeeded b',
      'run.succeeded',
    ]);
  });

  test('and was a retry hands on what it had itself taken over', async () => {
    const first = await failingRun();
    const client = clientOver(stores.archive);
    world.scripts.mail = refuse;
    const second = `${first}-again`;
    await client.retry({ runId: second, retryOf: first, from: 'b' });
    await world.ended(second);
    await client.get(second);
    await forget(first, second);
    delete world.scripts.mail;

    const third = `${second}-again`;
    await client.retry({ runId: third, retryOf: second, from: 'b' });
    expect(await world.ended(third)).toMatchObject({ status: 'succeeded', retryOf: second });
    // The call that has failed twice keeps its key.
    expect(world.called.at(-1)).toMatchObject({ action: 'mail', key: `${first}/b`, input: { n: 1 } });
    expect(await world.story(third)).toContain('step.skipped a');
  });

  test('stands in the list between those that Temporal has, once and in order', {
    timeout: 60_000,
  }, async () => {
    const id = `order-${world.taskQueue}`;
    const ids: string[] = [];
    for (let n = 0; n < 7; n += 1) {
      const runId = await world.run([look], { id });
      await world.ended(runId);
      ids.push(runId);
    }
    const [first = '', , third = '', fourth = '', , , last = ''] = ids;
    const open = [await world.run([reply], { id }), await world.run([reply], { id })];
    await until(async () => (await listed(world.orchestrator, 10, id)).length === 9);
    const client = clientOver(stores.archive);
    // Some are archived only, some are in both, the others nobody has read yet.
    for (const runId of [first, third, fourth, last]) await client.events(runId);
    await forget(first, fourth, last);
    const expected = [...open].reverse().concat([...ids].reverse());
    for (const limit of [1, 2, 3, 4, 9, 20]) expect(await listed(client, limit, id)).toEqual(expected);
    for (const runId of open) await world.orchestrator.cancel(runId, null);
  });
});

test('events that are too many for a history are readable without a worker once they are archived', {
  timeout: 90_000,
}, async () => {
  const other = await createTemporalWorld({ address: server.address, worker: false });
  onTestFinished(() => other.close());
  const worker = await other.startWorker();
  other.scripts.put = () => 'x'.repeat(250_000);
  const puts = [1, 2, 3, 4].map((n): Step => ({ id: `put_${n}`, kind: 'action', action: 'put' }));
  const runId = await other.run(puts);
  const unread = await other.run(puts);
  await Promise.all([other.ended(runId), other.ended(unread)]);
  const archive = memoryRunArchive();
  const client = clientOver(archive);

  expect(await client.get(runId)).toMatchObject({ status: 'succeeded' });
  expect((await archive.get(runId))?.events).toBeUndefined();
  const events = await client.events(runId);
  expect(JSON.stringify(events).length).toBeGreaterThan(1_000_000);
  expect((await archive.get(runId))?.events).toEqual(events);
  await client.get(unread);

  await worker.close();
  expect(await client.events(runId)).toEqual(events);
  await expect(client.events(unread)).rejects.toEqual(refusal('worker_unavailable'));
  await forget(runId, unread);
  expect(await client.events(runId)).toEqual(events);
  expect((await observed(client, runId)).length).toBe(events.length);
  // The run is known; what nobody has read in time is gone, and is never an empty list.
  expect(await client.get(unread)).toMatchObject({ status: 'succeeded' });
  await expect(client.events(unread)).rejects.toEqual(refusal('not_found'));
});

describe('a run that was ended by hand in Temporal', () => {
  test('is kept with the events it had, and an end; whoever follows it sees that', {
    timeout: 60_000,
  }, async () => {
    const runId = await world.run([look, reply]);
    await world.waiting(runId);
    const archive = memoryRunArchive();
    const follower = createTemporalOrchestrator({
      ...world,
      catalog: scriptedCatalog({}, []),
      logger,
      archive,
    });
    onTestFinished(() => follower.close());
    const following = observed(follower, runId);
    await world.connection.client.workflow.getHandle(runId).terminate('By hand.');
    const seen = await following;
    expect(seen.map(({ type, path }) => `${type} ${path}`).slice(-3)).toEqual([
      'run.waiting ',
      'step.failed reply',
      'run.failed ',
    ]);
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, n) => n + 1));
    expect(await keptWhole(archive, [runId])).toBe(true);

    await forget(runId);
    const client = clientOver(archive);
    expect(await client.get(runId)).toMatchObject({ status: 'failed', error: { code: 'terminated' } });
    expect(await client.events(runId)).toEqual(seen);
    await client.retry({ runId: `${runId}-again`, retryOf: runId, from: 'reply' });
    await world.waiting(`${runId}-again`);
    expect(await world.story(`${runId}-again`)).toContain('step.skipped a');
    await world.orchestrator.cancel(`${runId}-again`, null);
  });

  test('before any worker took it up has failed, and that is all', async () => {
    const other = await createTemporalWorld({ address: server.address, worker: false });
    onTestFinished(() => other.close());
    const runId = await other.run([look]);
    await other.connection.client.workflow.getHandle(runId).terminate('By hand.');
    const archive = memoryRunArchive();
    const events = await clientOver(archive).events(runId);
    expect(events).toMatchObject([{ seq: 1, type: 'run.failed', error: { code: 'terminated' } }]);
    expect(await keptWhole(archive, [runId])).toBe(true);
  });
});

test('while the archive is away, what Temporal has is answered, and nothing is said not to exist', async () => {
  const away = async () => Promise.reject(new Error('The disk is gone.'));
  const client = clientOver({ put: away, get: away, kept: away, list: away });
  const [ended, open] = [await world.run([look]), await world.run([reply])];
  const run = await world.ended(ended);
  await world.waiting(open);
  expect(await client.get(ended)).toEqual(run);
  expect(await client.events(ended)).toEqual(await world.orchestrator.events(ended));
  expect(await client.get(open)).toMatchObject({ status: 'waiting' });
  await expect(client.get('run_nope')).rejects.toThrow('The disk is gone.');
  await world.orchestrator.cancel(open, null);
});

test('while Temporal is away, ended runs are readable', { timeout: 90_000 }, async () => {
  const [ended, open] = [await world.run([look]), await world.run([reply])];
  const run = await world.ended(ended);
  await world.waiting(open);
  const client = clientOver(stores.archive);
  const events = await client.events(ended);
  await server.stop();

  expect(await client.get(ended)).toEqual(run);
  expect(await client.events(ended)).toEqual(events);
  expect(await observed(client, ended)).toEqual(events);
  await expect(client.get(open)).rejects.toEqual(refusal('store_unavailable'));
  // Which runs are open it does not say: such a list would not be whole.
  await expect(client.list({ limit: 10 })).rejects.toEqual(refusal('store_unavailable'));

  await server.start();
  await until(() => world.orchestrator.status?.() === 'connected');
  expect(await world.untilRun(open, ({ status }) => status === 'waiting')).toMatchObject({ runId: open });
});
