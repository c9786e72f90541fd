import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/json.js';
import type { Step } from '../../src/workflow/definition.js';
import { action, scriptedRun } from './support/scripted-runtime.js';

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('action', () => {
  test('gets its evaluated input, its key and its timeout', async () => {
    const run = scriptedRun([action('a', 'mail', { input: { text: '${{ inputs.n }}' } })], {
      input: { n: 5 },
    });
    expect(run.call('a')).toEqual({
      path: 'a',
      stepId: 'a',
      action: 'mail',
      input: { text: '5' },
      attempt: 1,
      key: 'run_1/a',
      effect: 'irreversible',
      idempotent: false,
      timeoutMs: 5000,
      undo: false,
      secrets: [],
    });
    await run.succeed('a', { sent: true });
    expect(run.events).toEqual([
      { type: 'run.started', path: '', input: { n: 5 } },
      { type: 'step.started', path: 'a', stepId: 'a', attempt: 1, input: { text: '5' } },
      { type: 'step.succeeded', path: 'a', stepId: 'a', output: { sent: true } },
      { type: 'run.succeeded', path: '', output: null },
    ]);
  });

  test('keeps a number where the action takes one', () => {
    const run = scriptedRun([action('a', 'look', { input: { number: 5, text: true, other: 5 } })]);
    expect(run.call('a').input).toEqual({ number: 5, text: 'true', other: 5 });
  });

  test('that the catalog lacks fails by name', async () => {
    const run = scriptedRun([action('a', 'nowhere')]);
    await tick();
    expect(run.outcome()).toMatchObject({ status: 'failed', error: { code: 'unknown_action', path: 'a' } });
    expect(run.story()).toEqual(['run.started', 'step.started a', 'step.failed a', 'run.failed']);
  });

  test('whose input cannot be evaluated fails without a call', async () => {
    const run = scriptedRun([action('a', 'look', { input: { text: '${{ inputs.x + 1 }}' } })]);
    await tick();
    expect(run.outcome()).toMatchObject({
      status: 'failed',
      error: { code: 'expression_failed', path: 'a' },
    });
  });
});

describe('branch', () => {
  const steps: Step[] = [
    {
      id: 'which',
      kind: 'branch',
      cases: [
        { when: '${{ inputs.n > 5 }}', steps: [{ id: 'big', kind: 'set', values: { size: 'big' } }] },
        { when: '${{ inputs.n > 1 }}', steps: [{ id: 'middle', kind: 'set', values: { size: 'middle' } }] },
      ],
      otherwise: [{ id: 'small', kind: 'set', values: { size: 'small' } }],
    },
  ];
  const output = { case: '${{ steps.which.output.case }}', size: '${{ vars.size }}' };

  test.each([
    [9, { case: 0, size: 'big' }],
    [2, { case: 1, size: 'middle' }],
    [0, { case: 'otherwise', size: 'small' }],
  ])('of %i takes its way, and its variables are seen after it', async (n, expected) => {
    const run = scriptedRun(steps, { input: { n }, output });
    await tick();
    expect(run.outcome()).toEqual({ status: 'succeeded', output: expected });
  });

  test('without a match goes on', async () => {
    const run = scriptedRun([{ id: 'which', kind: 'branch', cases: [{ when: '${{ false }}', steps: [] }] }]);
    await tick();
    expect(run.events.slice(1)).toEqual([
      { type: 'step.started', path: 'which', stepId: 'which', attempt: 1 },
      { type: 'step.succeeded', path: 'which', stepId: 'which', output: { case: null } },
      { type: 'run.succeeded', path: '', output: null },
    ]);
  });

  test('whose condition is no boolean fails', async () => {
    const run = scriptedRun([{ id: 'which', kind: 'branch', cases: [{ when: '${{ 5 }}', steps: [] }] }]);
    await tick();
    expect(run.outcome()).toMatchObject({
      status: 'failed',
      error: { code: 'expression_failed', path: 'which' },
    });
  });
});

describe('parallel', () => {
  const steps: Step[] = [
    {
      id: 'both',
      kind: 'parallel',
      branches: [{ steps: [action('a')] }, { steps: [action('b'), action('c')] }],
    },
  ];

  test('runs its branches side by side and shows their steps afterwards', async () => {
    const output = ['${{ steps.a.output }}', '${{ steps.c.output }}'];
    const run = scriptedRun(steps, { output });
    expect(run.calls()).toEqual(['a', 'b']);
    await run.succeed('b', 2);
    await run.succeed('a', 1);
    await run.succeed('c', 3);
    expect(run.story()).toEqual([
      'run.started',
      'step.started both',
      'step.started a',
      'step.started b',
      'step.succeeded b',
      'step.started c',
      'step.succeeded a',
      'step.succeeded c',
      'step.succeeded both',
      'run.succeeded',
    ]);
    expect(run.outcome()).toEqual({ status: 'succeeded', output: [1, 3] });
  });

  test('the first failure cancels the siblings', async () => {
    const run = scriptedRun(steps);
    await run.fail('a');
    expect(run.calls()).toEqual([]);
    expect(run.events.slice(4)).toMatchObject([
      { type: 'step.failed', path: 'a', error: { code: 'busy' } },
      { type: 'step.failed', path: 'b', error: { code: 'cancelled' } },
      { type: 'step.failed', path: 'both', error: { code: 'busy' } },
      { type: 'run.failed', error: { code: 'busy', path: 'a' } },
    ]);
  });

  test('a failure of a branch keeps later branches from starting', async () => {
    const run = scriptedRun([
      {
        id: 'both',
        kind: 'parallel',
        branches: [{ steps: [action('a', 'nowhere')] }, { steps: [action('b')] }],
      },
    ]);
    await tick();
    expect(run.story()).not.toContain('step.started b');
  });

  test('variables stay in their branch', async () => {
    const run = scriptedRun(
      [{ id: 'both', kind: 'parallel', branches: [{ steps: [{ id: 'x', kind: 'set', values: { n: 1 } }] }] }],
      { output: '${{ vars.n }}' },
    );
    await tick();
    expect(run.outcome()).toEqual({ status: 'succeeded', output: null });
  });
});

describe('set', () => {
  test('sets variables for the steps after it', async () => {
    const run = scriptedRun(
      [
        { id: 'one', kind: 'set', values: { n: 1, text: 'x' } },
        { id: 'two', kind: 'set', values: { n: '${{ vars.n + 1 }}' } },
      ],
      { output: '${{ vars }}' },
    );
    await tick();
    expect(run.outcome()).toEqual({ status: 'succeeded', output: { n: 2, text: 'x' } });
  });
});

describe('stop', () => {
  const inside = (stop: object): Step[] => [
    { id: 'again', kind: 'repeat', max: 2, steps: [{ id: 'end', kind: 'stop', ...stop } as Step] },
    action('after'),
  ];

  test.each<[object, Json]>([
    [{ outcome: 'succeeded', output: { early: true } }, { early: true }],
    [{ outcome: 'succeeded' }, 'the end'],
  ])('%j ends the run from inside a loop', async (stop, output) => {
    const run = scriptedRun(inside(stop), { output: 'the end' });
    await tick();
    expect(run.outcome()).toEqual({ status: 'succeeded', output });
    expect(run.story()).toEqual([
      'run.started',
      'step.started again',
      'step.started again[0]/end',
      'step.succeeded again[0]/end',
      'step.succeeded again',
      'run.succeeded',
    ]);
  });

  test('as failed is a failure', async () => {
    const run = scriptedRun(inside({ outcome: 'failed', reason: 'No ${{ inputs.what }}.' }), {
      input: { what: 'truck' },
    });
    await tick();
    expect(run.outcome()).toEqual({
      status: 'failed',
      error: { code: 'stopped', message: 'No truck.', path: 'again[0]/end' },
    });
  });

  test('ends the siblings too', async () => {
    const run = scriptedRun([
      {
        id: 'both',
        kind: 'parallel',
        branches: [
          { steps: [action('a')] },
          { steps: [action('b'), { id: 'end', kind: 'stop', outcome: 'succeeded' }] },
        ],
      },
    ]);
    await run.succeed('b');
    expect(run.story().slice(4)).toEqual([
      'step.succeeded b',
      'step.started end',
      'step.succeeded end',
      'step.failed a',
      'step.succeeded both',
      'run.succeeded',
    ]);
  });
});
