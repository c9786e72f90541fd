import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { SavedWorkflow } from '../../../src/protocol/workflows.js';
import type { Step } from '../../../src/workflow/definition.js';
import { createWorld } from '../embedded/support/world.js';
import { withoutTime } from './support/same-events.js';
import {
  newYear,
  runIdOf,
  type ScheduleTrigger,
  saved,
  scheduleOf,
  schedulerOf,
} from './support/schedules.js';
import { createTemporalWorld, type TemporalWorld, until } from './support/temporal-world.js';

let world: TemporalWorld;
beforeAll(async () => {
  world = await createTemporalWorld({ timeScale: 1000 });
}, 60_000);
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ code });
const handleOf = (id: string) => scheduleOf(world, id);

/** A run is there a moment after its time, and says so once a worker has begun it. */
const untilThere = (runId: string): Promise<void> =>
  until(async () => (await world.orchestrator.get(runId).catch(() => undefined)) !== undefined);

/** Puts a workflow and has it run for a year. */
const runOnce = async (one: SavedWorkflow, year = 2020): Promise<string> => {
  await schedulerOf(world).put(one);
  onTestFinished(() => schedulerOf(world).remove(one.id));
  await handleOf(one.id).backfill(newYear(year));
  const runId = runIdOf(one.id, year);
  await untilThere(runId);
  return runId;
};

const approval: Step = { id: 'ok', kind: 'approval', title: 'Go on?' };

describe('a run that a schedule starts', () => {
  const inputs = {
    type: 'object',
    required: ['day'],
    properties: { day: { type: 'string', format: 'date-time' }, copies: { type: 'number', default: 2 } },
  };
  const steps: readonly Step[] = [
    {
      id: 'a',
      kind: 'action',
      action: 'put',
      input: { day: '${{ inputs.day }}', at: '${{ trigger.scheduledAt }}' },
    },
  ];
  const output = { copies: '${{ inputs.copies }}', id: '${{ run.id }}' };
  const daily = { input: { day: '${{ trigger.scheduledAt }}' } };

  test('has its id and input from its time, and reads like any other', async () => {
    const one = saved({ inputs, steps, output, trigger: daily });
    const runId = await runOnce(one);
    const scheduledAt = '2020-01-01T08:00:00.000Z';
    expect(await world.ended(runId)).toMatchObject({
      runId,
      workflowId: one.id,
      version: 1,
      status: 'succeeded',
      input: { day: scheduledAt, copies: 2 },
      trigger: { scheduledAt },
      output: { copies: 2, id: runId },
    });
    expect(world.called.at(-1)).toMatchObject({
      key: `${runId}/a`,
      input: { day: scheduledAt, at: scheduledAt },
    });
    const listed = async () => (await world.orchestrator.list({ limit: 10, workflowId: one.id })).items;
    await until(async () => (await listed()).length === 1);
    expect(await listed()).toEqual([await world.orchestrator.get(runId)]);

    const described = await world.connection.client.workflow.getHandle(runId).describe();
    expect(described.searchAttributes).toMatchObject({ FkWorkflow: [one.id], FkWorkflowVersion: [1] });
  });

  test('has the events that the same trigger gives embedded', async () => {
    const one = saved({ inputs, steps, output: '${{ steps.a.output }}', trigger: daily });
    const runId = await runOnce(one);
    const { input, trigger } = await world.ended(runId);
    const { orchestrator, clock } = createWorld();
    await orchestrator.start({
      runId,
      definition: one.definition,
      version: 1,
      input,
      ...(trigger ? { trigger } : {}),
    });
    await clock.advance(0);
    expect(withoutTime(await world.orchestrator.events(runId))).toEqual(
      withoutTime(await orchestrator.events(runId)),
    );
  });

  test('fails with a code when its input does not fit or cannot be made', async () => {
    for (const [input, error] of [
      [
        { day: 'some day' },
        { code: 'invalid_input', message: '"day" must be a date and time such as 2030-01-31T08:00:00Z.' },
      ],
      [{ day: '${{ trigger.scheduledAt + 1 }}' }, { code: 'expression_failed' }],
    ] as const) {
      const runId = await runOnce(saved({ inputs, steps, trigger: { input } }));
      expect(await world.ended(runId)).toMatchObject({ status: 'failed', error });
      expect(await world.story(runId)).toEqual(['run.started', 'run.failed']);
    }
  });

  test('calls the actions as the catalog of its worker has them, in its sub-runs too', async () => {
    const child = saved({ steps: [{ id: 'a', kind: 'action', action: 'mail' }] });
    world.saved.set(child.id, child.definition);
    const runId = await runOnce(
      saved({ steps: [{ id: 'sub', kind: 'workflow', workflow: child.id, version: 1 }] }),
    );
    expect(await world.ended(runId)).toMatchObject({ status: 'succeeded' });
    expect(world.called.at(-1)).toMatchObject({ action: 'mail', key: `${runId}.sub/a` });
  });

  test('is signalled, cancelled and retried like any other', async () => {
    const one = saved({ steps: [approval, { id: 'end', kind: 'stop', outcome: 'failed' }] });
    const runId = await runOnce(one);
    expect(await world.waiting(runId)).toMatchObject({ waitingFor: [{ kind: 'approval', path: 'ok' }] });
    await world.orchestrator.signal(runId, 'ok', { decision: 'approved' }, 'ann');
    const ended = await world.ended(runId);
    expect(ended).toMatchObject({ status: 'failed', error: { code: 'stopped' } });
    const retried = `run_${randomUUID()}`;
    const { trigger, input } = ended;
    expect(await world.orchestrator.retry({ runId: retried, retryOf: runId, from: 'end' })).toMatchObject({
      runId: retried,
      trigger,
      input,
    });
    await world.ended(retried);
    expect(await world.story(retried)).toContain('step.skipped ok');

    const other = await runOnce(saved({ steps: [approval] }));
    await world.waiting(other);
    await world.orchestrator.cancel(other, 'Enough.');
    expect(await world.ended(other)).toMatchObject({ status: 'cancelled' });
  });

  test('is there before a worker has begun it, without its input, and can be cancelled', async () => {
    const idle = await createTemporalWorld({ worker: false });
    onTestFinished(() => idle.close());
    const one = saved({ inputs, steps, trigger: daily });
    await schedulerOf(idle).put(one);
    onTestFinished(() => schedulerOf(idle).remove(one.id));
    await handleOf(one.id).backfill(newYear(2020));
    const listed = async () => (await idle.orchestrator.list({ limit: 10, workflowId: one.id })).items;
    await until(async () => (await listed()).length === 1);
    const [first] = await listed();
    const runId = runIdOf(one.id, 2020);
    const scheduledAt = '2020-01-01T08:00:00.000Z';
    expect(first).toMatchObject({
      runId,
      version: 1,
      status: 'running',
      input: null,
      trigger: { scheduledAt },
    });
    await expect(idle.orchestrator.events(runId)).rejects.toEqual(refusal('worker_unavailable'));
    expect(await idle.orchestrator.cancel(runId, 'Enough.')).toMatchObject({ runId, status: 'running' });
    await idle.startWorker();
    expect(await idle.ended(runId)).toMatchObject({
      input: { day: scheduledAt },
      startedAt: first?.startedAt,
    });
  });
});

describe('what comes too early', () => {
  const steps = [approval];
  const decide = (runId: string) => world.orchestrator.signal(runId, 'ok', { decision: 'approved' }, 'ann');
  const taken = async (id: string) => (await handleOf(id).describe()).info;
  /** Starts a run, and then two more while it waits for its approval. */
  const overlapping = async (trigger: ScheduleTrigger) => {
    const { id } = saved();
    const first = await runOnce(saved({ id, steps, trigger }));
    await world.waiting(first);
    await handleOf(id).backfill([newYear(2021), newYear(2022)]);
    return { id, first, second: runIdOf(id, 2021), third: runIdOf(id, 2022) };
  };

  test('is left out by default', async () => {
    const { id, first, second } = await overlapping({});
    await until(async () => (await taken(id)).numActionsSkippedOverlap === 2);
    await decide(first);
    await world.ended(first);
    expect(await world.orchestrator.get(second)).toBeUndefined();
    expect(await taken(id)).toMatchObject({ numActionsTaken: 1 });
  });

  test('waits for the run before it, one at most', async () => {
    const { id, first, second, third } = await overlapping({ overlap: 'buffer' });
    await until(async () => (await taken(id)).numActionsSkippedOverlap === 1);
    expect(await world.orchestrator.get(second)).toBeUndefined();
    await decide(first);
    await untilThere(second);
    await world.waiting(second);
    await decide(second);
    await world.ended(second);
    expect(await world.orchestrator.get(third)).toBeUndefined();
  });

  test('runs side by side where the trigger allows it', async () => {
    const { first, second, third } = await overlapping({ overlap: 'allow' });
    for (const runId of [second, third]) await untilThere(runId);
    for (const runId of [first, second, third]) expect(await world.waiting(runId)).toMatchObject({ runId });
    for (const runId of [first, second, third]) await decide(runId);
  });
});
