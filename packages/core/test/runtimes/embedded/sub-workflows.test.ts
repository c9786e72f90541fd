import { describe, expect, test } from 'vitest';
import { WorkflowError } from '../../../src/errors.js';
import { memoryRunStore, runMemory } from '../../../src/stores/memory-run-store.js';
import { manualClock } from '../../../src/testing/manual-clock.js';
import type { Definition, Step } from '../../../src/workflow/definition.js';
import { createWorld, failing, held } from './support/world.js';

const definition = (id: string, steps: readonly Step[], rest: Partial<Definition> = {}): Definition => ({
  id,
  name: id,
  steps,
  ...rest,
});

const chase = definition(
  'chase',
  [
    { id: 'ask', kind: 'action', action: 'put', input: { facility: '${{ inputs.facility }}' } },
    { id: 'reply', kind: 'wait', signal: 'reply' },
    { id: 'ok', kind: 'approval', title: 'Enough?' },
  ],
  {
    inputs: {
      type: 'object',
      required: ['facility'],
      properties: { facility: { type: 'string' }, hours: { type: 'number', default: 48 } },
    },
    output: { reply: '${{ steps.reply.output.payload }}', hours: '${{ inputs.hours }}' },
  },
);

const runChase: Step = {
  id: 'sub',
  kind: 'workflow',
  workflow: 'chase',
  version: 1,
  input: { facility: 'Kiel' },
};

const childId = 'run_1.sub';

describe('a sub-workflow', () => {
  test('is a run of its own, whose approvals are answered there', async () => {
    const world = createWorld({ workflows: [chase] });
    await world.run([runChase], { output: '${{ steps.sub.output }}' });
    const { orchestrator, clock } = world;
    expect(await orchestrator.get('run_1')).toMatchObject({
      status: 'waiting',
      waitingFor: [{ kind: 'workflow', path: 'sub', runId: childId }],
    });
    expect(await orchestrator.get(childId)).toMatchObject({
      workflowId: 'chase',
      version: 1,
      status: 'waiting',
      input: { facility: 'Kiel', hours: 48 },
      parent: { runId: 'run_1', path: 'sub', attempt: 1, depth: 1 },
    });
    expect(world.called.map(({ key }) => key)).toEqual([`${childId}/ask`]);

    await orchestrator.signal(childId, 'reply', 'on Monday', null);
    await clock.advance(0);
    await orchestrator.signal(childId, 'ok', { decision: 'approved' }, 'ann');
    await clock.advance(0);
    expect(await orchestrator.get('run_1')).toMatchObject({
      status: 'succeeded',
      output: { reply: 'on Monday', hours: 48 },
    });
    expect(await orchestrator.get(childId)).toMatchObject({ status: 'succeeded' });
    expect(await world.story()).toEqual([
      'run.started',
      'step.started sub',
      'run.waiting',
      'step.succeeded sub',
      'run.succeeded',
    ]);
    expect((await world.runs.journal('run_1')).map(({ kind }) => kind)).toEqual(['result']);
  });

  test('that fails fails its step with its code and message', async () => {
    const world = createWorld({ workflows: [chase] });
    await world.run([runChase]);
    await world.orchestrator.signal(childId, 'reply', null, null);
    await world.clock.advance(0);
    await world.orchestrator.signal(childId, 'ok', { decision: 'rejected' }, 'ann');
    await world.clock.advance(0);
    expect(await world.orchestrator.get('run_1')).toMatchObject({
      status: 'failed',
      error: { code: 'rejected', message: '"Enough?" was rejected.', path: 'sub' },
    });
  });

  test('that somebody cancels fails its step, and is not retried', async () => {
    const world = createWorld({ workflows: [chase] });
    await world.run([{ ...runChase, retry: { maxAttempts: 3 } } as Step]);
    await world.orchestrator.cancel(childId, null);
    await world.clock.advance(0);
    expect(await world.orchestrator.get('run_1')).toMatchObject({
      status: 'failed',
      error: { code: 'cancelled', message: 'The run "run_1.sub" was cancelled.' },
    });
  });

  test('is retried as another run', async () => {
    const work = definition('work', [
      { id: 'do', kind: 'action', action: 'look', retry: { maxAttempts: 1 } },
    ]);
    const world = createWorld({ workflows: [work], scripts: { look: failing(1) } });
    const step = { id: 'sub', kind: 'workflow', workflow: 'work', version: 1, retry: { maxAttempts: 2 } };
    await world.run([step as Step]);
    await world.clock.advance(1000);
    expect(world.called.map(({ key }) => key)).toEqual(['run_1.sub/do', 'run_1.sub~2/do']);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
    expect(
      (await world.orchestrator.list({ limit: 10 })).items.map(({ runId, status }) => [runId, status]),
    ).toEqual([
      ['run_1.sub~2', 'succeeded'],
      ['run_1.sub', 'failed'],
      ['run_1', 'succeeded'],
    ]);
  });

  test('is cancelled with its parent, and undoes what it did', async () => {
    const world = createWorld({ workflows: [chase] });
    await world.run([runChase]);
    await world.orchestrator.cancel('run_1', 'Wrong facility');
    await world.clock.advance(0);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'cancelled' });
    expect(await world.orchestrator.get(childId)).toMatchObject({ status: 'cancelled' });
    expect(world.called.map(({ key }) => key)).toEqual([`${childId}/ask`, `${childId}/ask#undo`]);
  });

  test('knows of its cancel before its parent ends, however long the store takes', async () => {
    const runs = memoryRunStore();
    let away = false;
    const world = createWorld({
      workflows: [chase],
      runs: {
        ...runs,
        async append(lease, entries, patch) {
          if (away && lease.runId === childId) throw new WorkflowError('store_unavailable', 'It is away.');
          return runs.append(lease, entries, patch);
        },
      },
    });
    await world.run([runChase]);
    away = true;
    await world.orchestrator.cancel('run_1', null);
    await world.clock.advance(1000);
    expect((await runs.get('run_1'))?.run.endedAt).toBeUndefined();
    away = false;
    await world.clock.advance(5000);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'cancelled' });
    expect(await world.orchestrator.get(childId)).toMatchObject({ status: 'cancelled' });
  });

  test('starts when the store is there again', async () => {
    const runs = memoryRunStore();
    let refusals = 3;
    const world = createWorld({
      workflows: [chase],
      runs: {
        ...runs,
        async create(stored) {
          refusals -= stored.run.parent ? 1 : 0;
          if (stored.run.parent && refusals > 0) throw new WorkflowError('store_unavailable', 'It is away.');
          return runs.create(stored);
        },
      },
    });
    await world.run([runChase]);
    expect(await world.orchestrator.get(childId)).toBeUndefined();
    await world.clock.advance(5000);
    expect(await world.orchestrator.get(childId)).toMatchObject({ status: 'waiting' });
  });

  test('is cancelled when its time is up, workflows inside it too', async () => {
    const outer = definition('outer', [runChase]);
    const world = createWorld({ workflows: [chase, outer] });
    await world.run([
      { id: 'sub', kind: 'workflow', workflow: 'outer', version: 1, timeout: 'P1D', onError: 'continue' },
    ]);
    expect(await world.orchestrator.get('run_1.sub.sub')).toMatchObject({
      status: 'waiting',
      parent: { depth: 2 },
    });
    await world.clock.advance(86_400_000);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
    expect(await world.orchestrator.get('run_1.sub')).toMatchObject({ status: 'cancelled' });
    expect(await world.orchestrator.get('run_1.sub.sub')).toMatchObject({ status: 'cancelled' });
  });

  test('fails by name when its workflow is gone, its input does not fit or it runs itself', async () => {
    const itself = definition('itself', [{ id: 'sub', kind: 'workflow', workflow: 'itself', version: 1 }]);
    const errorOf = async (step: Step): Promise<unknown> => {
      const again = createWorld({ workflows: [chase, itself] });
      await again.run([step]);
      return (await again.orchestrator.get('run_1'))?.error;
    };
    expect(await errorOf({ id: 'sub', kind: 'workflow', workflow: 'chase', version: 2 })).toMatchObject({
      code: 'unknown_workflow',
    });
    expect(await errorOf({ id: 'sub', kind: 'workflow', workflow: 'chase', version: 1 })).toMatchObject({
      code: 'invalid_input',
      message: 'The workflow "chase" does not take this: "facility" is required.',
    });
    expect(await errorOf({ id: 'sub', kind: 'workflow', workflow: 'itself', version: 1 })).toMatchObject({
      code: 'workflow_depth',
    });
  });
});

describe('after a crash', () => {
  test('parent and sub-run find one another again', async () => {
    const first = createWorld({ workflows: [chase] });
    await first.run([runChase], { output: '${{ steps.sub.output.reply }}' });
    const world = await first.restart();
    expect(world.called).toEqual([]);
    await world.orchestrator.signal(childId, 'reply', 'hello', null);
    await world.clock.advance(0);
    await world.orchestrator.signal(childId, 'ok', { decision: 'approved' }, null);
    await world.clock.advance(0);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded', output: 'hello' });
  });

  test('a sub-run whose workflow was deleted goes on; one not yet started fails its step', async () => {
    const workflows = [chase];
    const hold = held();
    const first = createWorld({ workflows, scripts: { mail: hold.script } });
    await first.run(
      [
        {
          id: 'both',
          kind: 'parallel',
          branches: [
            { steps: [runChase] },
            {
              steps: [
                { id: 'nap', kind: 'wait', duration: 'PT1H' },
                { ...runChase, id: 'late', onError: 'continue' } as Step,
              ],
            },
          ],
        },
      ],
      { output: '${{ steps.late.error.code }}' },
    );
    workflows.pop();
    const world = await first.restart();
    await world.clock.advance(3_600_000);
    await world.orchestrator.signal(childId, 'reply', 'hello', null);
    await world.clock.advance(0);
    await world.orchestrator.signal(childId, 'ok', { decision: 'approved' }, null);
    await world.clock.advance(0);
    expect(await world.orchestrator.get('run_1')).toMatchObject({
      status: 'succeeded',
      output: 'unknown_workflow',
    });
  });
});

describe('a parent and a sub-run that two processes own', () => {
  /** The parent belongs to one process, its sub-run to the other. */
  const apart = async () => {
    const memory = runMemory();
    const clock = manualClock();
    const process = () => createWorld({ workflows: [chase], runs: memoryRunStore({ memory }), clock });
    const [one, two] = [process(), process()];
    // The first to recover is the first to look for runs that nobody owns.
    await two.orchestrator.recover();
    await one.orchestrator.recover();
    await one.run([runChase], { output: '${{ steps.sub.output.reply }}' });
    const child = memory.rows.get(childId);
    if (!child) throw new Error('There is no sub-run.');
    Object.assign(child, { owner: undefined });
    await clock.advance(1000);
    expect(memory.rows.get('run_1')?.owner).toBe(one.runs.owner);
    expect(child.owner).toBe(two.runs.owner);
    return { one, two, clock };
  };

  test('tell one another of the end', async () => {
    const { one, two, clock } = await apart();
    await one.orchestrator.signal(childId, 'reply', 'hello', null);
    await clock.advance(1000);
    await one.orchestrator.signal(childId, 'ok', { decision: 'approved' }, null);
    await clock.advance(1000);
    expect(await two.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded', output: 'hello' });
    expect([...one.called, ...two.called].map(({ key }) => key)).toEqual([`${childId}/ask`]);
  });

  test('tell one another of a cancel', async () => {
    const { one, two, clock } = await apart();
    await one.orchestrator.cancel('run_1', null);
    await clock.advance(1000);
    expect(await two.orchestrator.get('run_1')).toMatchObject({ status: 'cancelled' });
    expect(await one.orchestrator.get(childId)).toMatchObject({ status: 'cancelled' });
    expect(two.called.map(({ key }) => key)).toEqual([`${childId}/ask#undo`]);
  });
});
