import { describe, expect, test } from 'vitest';
import { WorkflowError } from '../../src/errors.js';
import { takeOver } from '../../src/interpreter/take-over.js';
import type { TakenOverStep } from '../../src/ports/run-store.js';
import type { Step } from '../../src/workflow/definition.js';
import type { RunEvent } from '../../src/workflow/run.js';
import { type ScriptedRun, scriptedRun } from './support/scripted-runtime.js';

const action = (id: string, more: object = {}): Step => ({ id, kind: 'action', action: 'look', ...more });

const takenFrom = (
  steps: readonly Step[],
  run: ScriptedRun,
  from: string,
  takenOver: readonly TakenOverStep[] = [],
) => {
  const events = run.events.map((event, index): RunEvent => ({ ...event, seq: index + 1, at: '' }));
  const definition = { id: 'test', name: 'Test', steps };
  return takeOver({ runId: 'run_0', definition, events, takenOver }, from);
};

const messageOf = (work: () => unknown): WorkflowError => {
  try {
    work();
  } catch (error) {
    if (WorkflowError.is(error)) return error;
    throw error;
  }
  throw new Error('It throws nothing.');
};

describe('a run retried from a step', () => {
  const steps = [
    action('one'),
    { id: 'nap', kind: 'wait', duration: 'PT1H' },
    { id: 'ok', kind: 'approval', title: 'Go on?' },
    action('two', { input: { text: '${{ steps.one.output.n }}' } }),
    action('three'),
  ] satisfies readonly Step[];

  const ended = async (): Promise<ScriptedRun> => {
    const run = scriptedRun(steps);
    await run.succeed('one', { n: 1 });
    await run.fire('nap');
    await run.signal('ok', { decision: 'approved' }, 'ann');
    await run.fail('two');
    return run;
  };

  test('takes over what ended before it, and keeps the key of what failed', async () => {
    const taken = takenFrom(steps, await ended(), 'two');
    expect(taken).toEqual([
      { path: 'one', key: 'run_0/one', ended: { output: { n: 1 } } },
      { path: 'nap', key: 'run_0/nap', ended: { output: null } },
      {
        path: 'ok',
        key: 'run_0/ok',
        ended: { output: { decision: 'approved', by: 'ann', comment: null } },
      },
      { path: 'two', key: 'run_0/two' },
    ]);

    const run = scriptedRun(steps, { takenOver: taken });
    expect(run.story()).toEqual([
      'run.started',
      'step.skipped one',
      'step.skipped nap',
      'step.skipped ok',
      'step.started two',
    ]);
    expect(run.events[1]).toEqual({ type: 'step.skipped', path: 'one', stepId: 'one', reason: 'reused' });
    expect(run.call('two')).toMatchObject({ key: 'run_0/two', input: { text: '1' } });
    await run.succeed('two');
    expect(run.call('three').key).toBe('run_1/three');
  });

  test('gives a new key to what had succeeded', async () => {
    const run = scriptedRun(steps, { takenOver: takenFrom(steps, await ended(), 'one') });
    expect(run.call('one').key).toBe('run_1/one');
  });

  test('keeps the keys of a run that was a retry itself', async () => {
    const first = takenFrom(steps, await ended(), 'two');
    const second = scriptedRun(steps, { takenOver: first });
    await second.fail('two');
    const taken = takenFrom(steps, second, 'two', first);
    expect(taken.map(({ path, key }) => [path, key])).toEqual([
      ['one', 'run_0/one'],
      ['nap', 'run_0/nap'],
      ['ok', 'run_0/ok'],
      ['two', 'run_0/two'],
    ]);
  });

  test('has to have come to the step', async () => {
    const run = await ended();
    const paths = ['one', 'nap', 'ok', 'two'];
    expect(messageOf(() => takenFrom(steps, run, 'three'))).toMatchObject({
      code: 'invalid_request',
      message: 'The run "run_0" never came to "three". Retry from one of: one, nap, ok, two.',
      details: { paths },
    });
    expect(messageOf(() => takenFrom(steps, run, 'toString'))).toMatchObject({
      message: 'There is no step "toString". Retry from one of: one, nap, ok, two.',
      details: { paths },
    });
  });
});

test('rounds of a loop are told apart', async () => {
  const steps: readonly Step[] = [
    { id: 'each', kind: 'forEach', items: [1, 2], steps: [action('first'), action('then')] },
  ];
  const run = scriptedRun(steps);
  await run.succeed('each[0]/first', 'a');
  await run.succeed('each[0]/then', 'b');
  await run.succeed('each[1]/first', 'c');
  await run.fail('each[1]/then');
  const again = scriptedRun(steps, { takenOver: takenFrom(steps, run, 'each[1]/first') });
  expect(again.story()).toEqual([
    'run.started',
    'step.started each',
    'step.skipped each[0]/first',
    'step.skipped each[0]/then',
    'step.started each[1]/first',
  ]);
  await again.succeed('each[1]/first', 'd');
  expect(again.call('each[1]/then').key).toBe('run_0/each[1]/then');
  await again.succeed('each[1]/then', 'e');
  expect(again.outcome()).toEqual({ status: 'succeeded', output: null });
});

test('a failure that was let pass is taken over with its error, one that was not runs again', async () => {
  const steps: readonly Step[] = [
    action('weak', { onError: { steps: [action('note')] } }),
    action('ask', { input: { text: '${{ steps.weak.error.code }}' } }),
  ];
  const run = scriptedRun(steps);
  await run.fail('weak', 'gone');
  await run.succeed('note');
  await run.fail('ask');
  const again = scriptedRun(steps, { takenOver: takenFrom(steps, run, 'ask') });
  expect(again.story()).toEqual([
    'run.started',
    'step.skipped weak',
    'step.skipped note',
    'step.started ask',
  ]);
  expect(again.call('ask').input).toEqual({ text: 'gone' });

  const inNote = scriptedRun(steps, { takenOver: takenFrom(steps, run, 'note') });
  expect(inNote.story()).toEqual(['run.started', 'step.skipped weak', 'step.started note']);
});

test('what the run had undone runs again with a new key', async () => {
  const steps: readonly Step[] = [action('look'), action('put', { action: 'put' }), action('last')];
  const run = scriptedRun(steps);
  await run.succeed('look');
  await run.succeed('put');
  await run.fail('last');
  await run.succeed('put');
  expect(run.story()).toContain('compensation.succeeded put');
  const again = scriptedRun(steps, { takenOver: takenFrom(steps, run, 'last') });
  expect(again.story().slice(1)).toEqual(['step.skipped look', 'step.started put']);
  expect(again.call('put').key).toBe('run_1/put');
});

test('a reused step is undone when the retried run fails, under the key it was done with', async () => {
  const steps: readonly Step[] = [action('put', { action: 'put', input: { n: 1 } }), action('last')];
  const run = scriptedRun(steps);
  await run.succeed('put', 'done');
  await run.fail('last');
  await run.fail('put');
  const again = scriptedRun(steps, { takenOver: takenFrom(steps, run, 'last') });
  await again.fail('last');
  expect(again.call('put')).toMatchObject({
    undo: true,
    key: 'run_0/put#undo',
    input: { of: 'done', was: { n: 1 } },
  });
});

test('what went on beside the step runs again, unless it had ended before', async () => {
  const steps: readonly Step[] = [
    {
      id: 'both',
      kind: 'parallel',
      branches: [{ steps: [action('a'), action('b')] }, { steps: [action('c'), action('d')] }],
    },
  ];
  const run = scriptedRun(steps);
  await run.succeed('a');
  await run.succeed('c');
  await run.succeed('d');
  await run.fail('b');
  expect(takenFrom(steps, run, 'b').map(({ path, ended }) => [path, ended !== undefined])).toEqual([
    ['a', true],
    ['b', false],
  ]);
});
