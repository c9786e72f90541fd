import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createWorkflowBuilder } from '../../../src/create-workflow-builder.js';
import type { SavedWorkflow } from '../../../src/protocol/workflows.js';
import { createScheduleOf } from '../../../src/runtimes/temporal/client/schedule-of.js';
import { createScheduler } from '../../../src/runtimes/temporal/client/scheduler.js';
import { memoryWorkflowStore } from '../../../src/stores/memory-workflow-store.js';
import type { Step } from '../../../src/workflow/definition.js';
import { recordingLogger } from '../../stores/support/recording-logger.js';
import { newYear, runIdOf, saved, scheduleOf, schedulerOf } from './support/schedules.js';
import { temporalServer } from './support/temporal-server.js';
import { createTemporalWorld, scriptedCatalog, type TemporalWorld, until } from './support/temporal-world.js';

let world: TemporalWorld;
beforeAll(async () => {
  world = await createTemporalWorld({ timeScale: 1000 });
}, 60_000);
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ code });
const handleOf = (id: string, of = world) => scheduleOf(of, id);

describe('a schedule', () => {
  const put = async (one: SavedWorkflow): Promise<void> => {
    await schedulerOf(world).put(one);
    onTestFinished(() => schedulerOf(world).remove(one.id));
  };
  const calendarOf = async (id: string) => (await handleOf(id).describe()).spec.calendars?.[0];
  const lastUpdate = async (id: string) => (await handleOf(id).describe()).info.lastUpdatedAt;
  const scheduled = async (id: string) => (await schedulerOf(world).scheduled()).get(id);

  test('is at the times, in the zone and by the rules of the trigger', async () => {
    const { id, definition } = saved({
      trigger: { cron: '30 9 * * MON-FRI', timeZone: 'europe/berlin', catchUp: 'PT2H' },
    });
    await put({ id, version: 1, definition });
    const { spec, policies, state, info } = await handleOf(id).describe();
    expect(spec.timezone).toBe('Europe/Berlin');
    expect(policies).toEqual({ overlap: 'SKIP', catchupWindow: 7_200_000, pauseOnFailure: false });
    expect(state.paused).toBe(false);
    const inBerlin = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Berlin',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
    for (const at of info.nextActionTimes)
      expect(inBerlin.format(at)).toMatch(/^(Mon|Tue|Wed|Thu|Fri),? 09:30$/);
    expect(info.nextActionTimes.length).toBeGreaterThan(5);
  });

  test('with a day of the month and a day of the week comes on either, as cron has it', async () => {
    const one = saved({ trigger: { cron: '0 9 13 * FRI', timeZone: 'UTC' } });
    await put(one);
    const { nextActionTimes } = (await handleOf(one.id).describe()).info;
    for (const at of nextActionTimes) expect(at.getUTCDate() === 13 || at.getUTCDay() === 5).toBe(true);
    expect(nextActionTimes.some((at) => at.getUTCDate() !== 13)).toBe(true);
  });

  test('catches up a minute unless told otherwise, and never less than Temporal can', async () => {
    const one = saved();
    await put(one);
    expect((await handleOf(one.id).describe()).policies.catchupWindow).toBe(60_000);
    await put(saved({ id: one.id, trigger: { catchUp: 'PT0S' } }, 2));
    expect((await handleOf(one.id).describe()).policies.catchupWindow).toBe(10_000);
  });

  test('is changed by another version alone, which the next run is of', async () => {
    const one = saved();
    await put(one);
    await until(async () => (await scheduled(one.id)) === 1);
    const before = await lastUpdate(one.id);
    await put(one);
    expect(await lastUpdate(one.id)).toEqual(before);
    await put(saved({ id: one.id, output: 'new' }, 2));
    await until(async () => (await scheduled(one.id)) === 2);
    await handleOf(one.id).backfill(newYear(2020));
    const runId = runIdOf(one.id, 2020);
    expect(await world.ended(runId)).toMatchObject({ version: 2, output: 'new' });
  });

  test('is of the workflow that was made again after a delete, in whatever version', async () => {
    const { id } = saved();
    await put(saved({ id }, 3));
    await put(saved({ id, output: 'again' }));
    await until(async () => (await scheduled(id)) === 1);
    await put(saved({ id, output: 'and again' }));
    await handleOf(id).backfill(newYear(2020));
    expect(await world.ended(runIdOf(id, 2020))).toMatchObject({ version: 1, output: 'and again' });
  });

  test('is removed with its workflow, or when the trigger is another one', async () => {
    const one = saved();
    await put(one);
    await schedulerOf(world).put({
      ...one,
      version: 2,
      definition: { ...one.definition, trigger: { kind: 'manual' } },
    });
    await until(async () => (await scheduled(one.id)) === undefined);
    await put(one);
    await schedulerOf(world).remove(one.id);
    await schedulerOf(world).remove(one.id);
    await expect(handleOf(one.id).describe()).rejects.toMatchObject({ name: 'ScheduleNotFoundError' });
  });

  test('is paused by its definition, and a pause by hand stays until that says otherwise than before', async () => {
    const { id } = saved();
    const pausedAt = async (version: number, paused?: boolean) => {
      await put(saved({ id, trigger: paused === undefined ? {} : { paused } }, version));
      return (await handleOf(id).describe()).state;
    };
    expect(await pausedAt(1, true)).toMatchObject({ paused: true });
    expect(await pausedAt(2)).toMatchObject({ paused: false });
    await handleOf(id).pause('Inventory.');
    expect(await pausedAt(3, false)).toMatchObject({ paused: true, note: 'Inventory.' });
    expect(await pausedAt(4, true)).toMatchObject({ paused: true });
    expect(await pausedAt(5, false)).toMatchObject({ paused: false });
  });

  test('whose times were edited by hand is put again', async () => {
    const one = saved();
    await put(one);
    const { spec, ...rest } = await handleOf(one.id).describe();
    await handleOf(one.id).update(() => ({ ...rest, spec: { cronExpressions: ['0 7 * * *'] } }));
    await until(async () => (await scheduled(one.id)) === 0);
    await put(one);
    expect(await calendarOf(one.id)).toEqual(spec.calendars?.[0]);
  });

  test('is put by several servers at once', async () => {
    const other = await createTemporalWorld({ worker: false, taskQueue: world.taskQueue });
    onTestFinished(() => other.close());
    const { id } = saved();
    for (const version of [1, 2]) {
      const puts = [world, other, world, other].map((one) => schedulerOf(one).put(saved({ id }, version)));
      await Promise.all(puts);
      await until(async () => (await scheduled(id)) === version);
    }
    await Promise.all([world, other].map((one) => schedulerOf(one).remove(id)));
    await until(async () => (await scheduled(id)) === undefined);
  });

  test('that Temporal refuses is told by a code, and nothing is made', async () => {
    const { id } = saved();
    const large = saved({ id, description: 'x'.repeat(2_500_000) });
    await expect(put(large)).rejects.toEqual(refusal('payload_too_large'));
    const never = saved({ id, trigger: { cron: '61 9 * * *' } });
    await expect(put(never)).rejects.toEqual(refusal('invalid_definition'));
    await expect(handleOf(id).describe()).rejects.toMatchObject({ name: 'ScheduleNotFoundError' });
  });

  test('of another application or another task queue is left alone', async () => {
    const { id, definition } = saved();
    const elsewhere = await createTemporalWorld({ worker: false });
    onTestFinished(() => elsewhere.close());
    await put({ id, version: 7, definition });
    await schedulerOf(elsewhere).remove(id);
    expect((await schedulerOf(elsewhere).scheduled()).has(id)).toBe(false);
    await expect(schedulerOf(elsewhere).put({ id, version: 8, definition })).rejects.toEqual(
      refusal('already_exists'),
    );
    expect(await scheduled(id)).toBe(7);

    const foreign = await world.connection.client.schedule.create({
      scheduleId: `fk-workflow-x-${randomUUID()}`,
      spec: { cronExpressions: ['0 9 1 1 *'] },
      action: { type: 'startWorkflow', workflowType: 'theirs', taskQueue: 'theirs', args: [] },
    });
    onTestFinished(() => foreign.delete());
    const name = foreign.scheduleId.slice('fk-workflow-'.length);
    await schedulerOf(world).remove(name);
    expect(await foreign.describe()).toMatchObject({ scheduleId: foreign.scheduleId });
    expect(await scheduled(name)).toBeUndefined();
  });
});

test('saving a workflow makes and changes its schedule, deleting it removes it', async () => {
  const own = await createTemporalWorld({ worker: false });
  const builder = createWorkflowBuilder({
    catalog: scriptedCatalog({}, []),
    workflows: memoryWorkflowStore(),
    orchestrator: own.orchestrator,
    logger: recordingLogger(),
  });
  onTestFinished(async () => {
    await builder.close(0);
    await own.close();
  });
  await builder.start();
  const { id, definition } = saved();
  const scheduled = async () => (await schedulerOf(own).scheduled()).get(id);
  await builder.workflows.create(definition);
  await until(async () => (await scheduled()) === 1);
  await builder.workflows.replace(id, { ...definition, name: 'Monthly report' }, 1);
  await until(async () => (await scheduled()) === 2);
  await builder.workflows.delete(id);
  await until(async () => (await scheduled()) === undefined);
});

describe('with a server of its own', () => {
  let server: Awaited<ReturnType<typeof temporalServer>>;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fk-workflow-temporal-'));
    const shortHistories = ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=40'];
    server = await temporalServer(join(folder, 'temporal.db'), shortHistories);
    await server.start();
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  test('a schedule whose search attributes are not known there yet goes without, to be put again', async () => {
    const own = await createTemporalWorld({ address: server.address, worker: false });
    onTestFinished(() => own.close());
    const { connection, taskQueue } = own;
    const scheduleOf = createScheduleOf({
      connection,
      catalog: scriptedCatalog({}, []),
      definitionOf: async () => undefined,
      taskQueue,
      timeScale: 1,
      shownAttributes: async () => ({ showsStatus: true }),
    });
    const scheduler = createScheduler({ connection, taskQueues: [taskQueue], scheduleOf });
    const one = saved();
    await scheduler.put(one);
    await until(async () => (await scheduler.scheduled()).get(one.id) === 0);
    await schedulerOf(own).put(one);
    await until(async () => (await scheduler.scheduled()).get(one.id) === 1);
    await scheduler.remove(one.id);
  });

  test('a run keeps its start and trigger when it goes on with a fresh history', {
    timeout: 90_000,
  }, async () => {
    const own = await createTemporalWorld({ address: server.address });
    onTestFinished(() => own.close());
    const put: Step = {
      id: 'put',
      kind: 'action',
      action: 'put',
      input: { at: '${{ trigger.scheduledAt }}' },
    };
    const one = saved({
      steps: [{ id: 'again', kind: 'repeat', max: 20, steps: [put] }],
      output: '${{ trigger.scheduledAt }}',
    });
    await schedulerOf(own).put(one);
    await handleOf(one.id, own).backfill(newYear(2020));
    const runId = runIdOf(one.id, 2020);
    const { startedAt, ...run } = await own.ended(runId);
    const scheduledAt = '2020-01-01T08:00:00.000Z';
    expect(run).toMatchObject({ trigger: { scheduledAt }, output: scheduledAt, input: {} });
    expect((await own.orchestrator.events(runId))[0]?.at).toBe(startedAt);
    const listed = async () => (await own.orchestrator.list({ limit: 10, workflowId: one.id })).items;
    await until(async () => (await listed())[0]?.endedAt !== undefined);
    expect(await listed()).toMatchObject([{ runId, startedAt, input: {} }]);

    const { raw } = await own.connection.client.workflow.getHandle(runId).describe();
    expect(raw.workflowExecutionInfo?.firstRunId).not.toBe(raw.workflowExecutionInfo?.execution?.runId);
  });

  test('without it, putting is refused within 5 s', async () => {
    const own = await createTemporalWorld({ address: server.address, worker: false });
    onTestFinished(() => own.close());
    await schedulerOf(own).put(saved());
    await server.stop();
    for (const ask of [
      () => schedulerOf(own).put(saved()),
      () => schedulerOf(own).remove('w'),
      () => schedulerOf(own).scheduled(),
    ]) {
      const begun = performance.now();
      await expect(ask()).rejects.toEqual(refusal('store_unavailable'));
      expect(performance.now() - begun).toBeLessThan(5000);
    }
  });
});
