import { describe, expect, test } from 'vitest';
import { subRunId, subRunInput } from '../../src/interpreter/sub-run.js';
import { scriptedRun } from './support/scripted-runtime.js';

const chase = {
  id: 'chase',
  kind: 'workflow',
  workflow: 'chase-facility',
  version: 3,
  input: { facility: '${{ inputs.facility }}' },
} as const;

const failure = (code: string, retryable = true) =>
  ({ ok: false, error: { code, message: `It is ${code}.` }, retryable }) as const;

describe('a step of kind workflow', () => {
  test('waits for a run of its own and gives its output', async () => {
    const run = scriptedRun([chase], {
      input: { facility: 'Kiel' },
      output: '${{ steps.chase.output.replied }}',
    });
    expect(run.subRuns()).toEqual([
      {
        path: 'chase',
        attempt: 1,
        runId: 'run_1.chase',
        workflow: 'chase-facility',
        version: 3,
        input: { facility: 'Kiel' },
      },
    ]);
    expect(run.waitingFor()).toEqual([{ kind: 'workflow', path: 'chase', runId: 'run_1.chase' }]);
    await run.endSubRun('chase', { ok: true, output: { replied: true } });
    expect(run.waitingFor()).toEqual([]);
    expect(run.story()).toEqual([
      'run.started',
      'step.started chase',
      'run.waiting',
      'step.succeeded chase',
      'run.succeeded',
    ]);
    expect(run.outcome()).toEqual({ status: 'succeeded', output: true });
  });

  test('fails with the code and the message of its run', async () => {
    const run = scriptedRun([chase], { input: { facility: 'Kiel' } });
    await run.endSubRun('chase', failure('rejected'));
    expect(run.outcome()).toEqual({
      status: 'failed',
      error: { code: 'rejected', message: 'It is rejected.', path: 'chase' },
    });
  });

  test('is retried as a new run, only where a policy says so', async () => {
    const retry = { maxAttempts: 2, initialInterval: 'PT5S' };
    const run = scriptedRun([{ ...chase, retry }], { input: { facility: 'Kiel' } });
    await run.endSubRun('chase', failure('busy'));
    expect(run.timers()).toEqual(['retry chase 5000']);
    await run.fire('chase');
    expect(run.subRuns().map(({ runId, attempt }) => [runId, attempt])).toEqual([['run_1.chase~2', 2]]);
    await run.endSubRun('chase', { ok: true, output: null });
    expect(run.outcome()).toEqual({ status: 'succeeded', output: null });
  });

  test('is not retried when the policy excludes the code, nor when the failure is for good', async () => {
    const retry = { maxAttempts: 5, nonRetryable: ['rejected'] };
    for (const [code, retryable] of [
      ['rejected', true],
      ['unknown_workflow', false],
    ] as const) {
      const run = scriptedRun([{ ...chase, retry }], { input: { facility: 'Kiel' } });
      await run.endSubRun('chase', failure(code, retryable));
      expect(run.outcome()).toMatchObject({ status: 'failed', error: { code } });
    }
  });

  test('gives its run up after the timeout', async () => {
    const run = scriptedRun([{ ...chase, timeout: 'P2D', onError: 'continue' }], {
      input: { facility: 'Kiel' },
      output: '${{ steps.chase.error.code }}',
    });
    expect(run.timers()).toEqual([`timeout chase ${2 * 86_400_000}`]);
    await run.fire('chase');
    expect(run.subRuns()).toEqual([]);
    expect(run.outcome()).toEqual({ status: 'succeeded', output: 'timeout' });
  });

  test('gives its run up when the run is cancelled', async () => {
    const run = scriptedRun([chase], { input: { facility: 'Kiel' } });
    await run.cancel('Wrong facility');
    expect(run.subRuns()).toEqual([]);
    expect(run.outcome()).toEqual({ status: 'cancelled', reason: 'Wrong facility' });
  });

  test('runs its recovery list', async () => {
    const onError = { steps: [{ id: 'note', kind: 'action', action: 'put' }] } as const;
    const run = scriptedRun([{ ...chase, onError }], { input: { facility: 'Kiel' } });
    await run.endSubRun('chase', failure('busy'));
    expect(run.calls()).toEqual(['note']);
  });

  test('fails by name when its input cannot be worked out', () => {
    const run = scriptedRun([{ ...chase, input: { facility: '${{ inputs.none + 1 }}' } }]);
    expect(run.subRuns()).toEqual([]);
    expect(run.story()).toEqual(['run.started', 'step.started chase', 'step.failed chase', 'run.failed']);
  });
});

test('the id of a sub-run is one of each run, path and attempt', () => {
  const ids = [
    subRunId('run_1', 'chase', 1),
    subRunId('run_1', 'chase', 2),
    subRunId('run_1', 'each[1]/chase', 1),
    subRunId('run_1', 'each[11]/chase', 1),
    subRunId('run_1', 'each[1]/again[1]/chase', 1),
    subRunId('run_1.each-1.chase', 'chase', 1),
    subRunId('run_11', 'chase', 1),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^run_[\w.~-]+$/);
});

test('the input of a sub-run takes numbers as text and has its defaults', () => {
  const inputs = {
    type: 'object',
    required: ['facility'],
    properties: { facility: { type: 'string' }, hours: { type: 'number', default: 48 } },
  };
  const definition = { id: 'chase', name: 'Chase', inputs, steps: [] };
  expect(subRunInput(definition, { facility: 7 })).toEqual({
    value: { facility: '7', hours: 48 },
    problems: [],
  });
  expect(subRunInput(definition, {}).problems).toMatchObject([{ code: 'missing_input', path: '/facility' }]);
});
