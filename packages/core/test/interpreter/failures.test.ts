import { describe, expect, test } from 'vitest';
import { action, scriptedRun } from './support/scripted-runtime.js';

describe('retry', () => {
  test('pauses longer and longer, three attempts by default', async () => {
    const run = scriptedRun([action('a', 'put')]);
    await run.fail('a', 'busy', true);
    expect(run.timers()).toEqual(['retry a 1000']);
    await run.fire('a');
    await run.fail('a', 'busy', true);
    expect(run.timers()).toEqual(['retry a 2000']);
    await run.fire('a');
    expect(run.call('a')).toMatchObject({ attempt: 3, key: 'run_1/a' });
    await run.fail('a', 'busy', true);
    expect(run.outcome()).toMatchObject({ status: 'failed', error: { code: 'busy' } });
    expect(run.events).toContainEqual({
      type: 'step.retrying',
      path: 'a',
      stepId: 'a',
      attempt: 2,
      error: { code: 'busy', message: 'It is busy.' },
      delay: 'PT2S',
    });
    expect(run.story()).not.toContain('run.waiting');
  });

  test('follows its policy', async () => {
    const retry = { maxAttempts: 9, initialInterval: 'PT10S', backoff: 3, maxInterval: 'PT20S' };
    const run = scriptedRun([action('a', 'look', { retry })]);
    for (const ms of [10_000, 20_000, 20_000]) {
      await run.fail('a', 'busy', true);
      expect(run.timers()).toEqual([`retry a ${ms}`]);
      await run.fire('a');
    }
  });

  test('never repeats what cannot be taken back, unless told to', async () => {
    const once = scriptedRun([action('a', 'mail')]);
    await once.fail('a', 'busy', true);
    expect(once.outcome()).toMatchObject({ status: 'failed' });

    const twice = scriptedRun([action('a', 'mail', { retry: { maxAttempts: 2 } })]);
    await twice.fail('a', 'busy', true);
    expect(twice.timers()).toEqual(['retry a 1000']);
  });

  test('stops at errors that a retry cannot mend', async () => {
    const business = scriptedRun([action('a')]);
    await business.fail('a', 'no_such_shipment', false);
    expect(business.outcome()).toMatchObject({ status: 'failed' });

    const listed = scriptedRun([action('a', 'look', { retry: { nonRetryable: ['busy'] } })]);
    await listed.fail('a', 'busy', true);
    expect(listed.outcome()).toMatchObject({ status: 'failed' });
  });
});

describe('onError', () => {
  test('continue goes on with output null and the error', async () => {
    const run = scriptedRun([action('a', 'look', { onError: 'continue' })], {
      output: ['${{ steps.a.output }}', '${{ steps.a.error.code }}'],
    });
    await run.fail('a');
    expect(run.outcome()).toEqual({ status: 'succeeded', output: [null, 'busy'] });
    expect(run.story()).toEqual(['run.started', 'step.started a', 'step.failed a', 'run.succeeded']);
  });

  test('a recovery list sees the error; its steps are not seen outside', async () => {
    const steps = [action('b', 'look', { input: { text: '${{ steps.a.error.code }}' } })];
    const run = scriptedRun([action('a', 'look', { onError: { steps } })], { output: '${{ steps }}' });
    await run.fail('a');
    expect(run.call('b').input).toEqual({ text: 'busy' });
    await run.succeed('b');
    expect(run.outcome()).toEqual({
      status: 'succeeded',
      output: { a: { output: null, error: { code: 'busy', message: 'It is busy.' } } },
    });
  });

  test('a recovery list that fails, fails the run', async () => {
    const run = scriptedRun([action('a', 'look', { onError: { steps: [action('b')] } })]);
    await run.fail('a');
    await run.fail('b', 'worse');
    expect(run.outcome()).toMatchObject({ status: 'failed', error: { code: 'worse', path: 'b' } });
  });

  test('does not take a cancellation', async () => {
    const run = scriptedRun([
      {
        id: 'both',
        kind: 'parallel',
        branches: [
          { steps: [action('a')] },
          { steps: [action('b', 'look', { onError: 'continue' }), action('c')] },
        ],
      },
    ]);
    await run.fail('a');
    expect(run.story()).not.toContain('step.started c');
    expect(run.outcome()).toMatchObject({ status: 'failed', error: { path: 'a' } });
  });
});

describe('compensation', () => {
  test('undoes what succeeded, newest first, loop rounds included', async () => {
    const run = scriptedRun([
      action('a', 'put', { input: { n: 1 } }),
      { id: 'each', kind: 'forEach', items: [1, 2], steps: [action('b', 'put')] },
      action('c'),
      action('d'),
    ]);
    await run.succeed('a', 'A');
    await run.succeed('each[0]/b', 'B0');
    await run.succeed('each[1]/b', 'B1');
    await run.succeed('c');
    await run.fail('d');
    expect(run.outcome()).toBeUndefined();
    expect(run.call('each[1]/b')).toMatchObject({
      action: 'take_back',
      input: { of: 'B1', was: {} },
      key: 'run_1/each[1]/b#undo',
      undo: true,
    });
    await run.succeed('each[1]/b');
    await run.fail('each[0]/b');
    expect(run.call('a').input).toEqual({ of: 'A', was: { n: 1 } });
    await run.succeed('a');
    expect(run.story().slice(-8)).toEqual([
      'step.failed d',
      'compensation.started each[1]/b',
      'compensation.succeeded each[1]/b',
      'compensation.started each[0]/b',
      'compensation.failed each[0]/b',
      'compensation.started a',
      'compensation.succeeded a',
      'run.failed',
    ]);
    expect(run.outcome()).toMatchObject({ status: 'failed', error: { code: 'busy', path: 'd' } });
  });

  test("a step's own compensation comes before the catalog's", async () => {
    const compensate = { action: 'look', input: { text: 'undo ${{ output.id }}' } };
    const run = scriptedRun([action('a', 'put', { compensate }), action('b')]);
    await run.succeed('a', { id: 7 });
    await run.fail('b');
    expect(run.call('a')).toMatchObject({ action: 'look', input: { text: 'undo 7' } });
  });

  test('is switched off by config', async () => {
    const run = scriptedRun([action('a', 'put'), action('b')], { config: { onFailure: 'none' } });
    await run.succeed('a');
    await run.fail('b');
    expect(run.outcome()).toMatchObject({ status: 'failed' });
  });

  test('does not follow success', async () => {
    const run = scriptedRun([action('a', 'put'), { id: 'end', kind: 'stop', outcome: 'succeeded' }]);
    await run.succeed('a');
    expect(run.outcome()).toMatchObject({ status: 'succeeded' });
  });
});

describe('the end from outside', () => {
  test('cancel gives up what is open, undoes, and ends cancelled', async () => {
    const run = scriptedRun([action('a', 'put'), { id: 'nap', kind: 'wait', duration: 'PT1H' }]);
    await run.succeed('a');
    await run.cancel('Not needed.');
    expect(run.timers()).toEqual([]);
    await run.cancel('Again.');
    await run.succeed('a');
    expect(run.story().slice(-5)).toEqual([
      'run.waiting',
      'step.failed nap',
      'compensation.started a',
      'compensation.succeeded a',
      'run.cancelled',
    ]);
    expect(run.outcome()).toEqual({ status: 'cancelled', reason: 'Not needed.' });
  });

  test('the run timeout does the same and ends failed', async () => {
    const run = scriptedRun([action('a', 'put'), action('b')], { config: { timeout: 'PT1H' } });
    expect(run.timers()).toEqual(['run_timeout  3600000']);
    await run.succeed('a');
    await run.fire('');
    await run.succeed('a');
    expect(run.outcome()).toMatchObject({ status: 'failed', error: { code: 'timeout' } });
  });

  test('a run that ends gives its timer up', async () => {
    const run = scriptedRun([action('a')], { config: { timeout: 'PT1H' } });
    await run.succeed('a');
    expect(run.timers()).toEqual([]);
  });
});

describe('what steps see', () => {
  test('the steps of a case are not seen after the branch', async () => {
    const inside = action('inside', 'look', { input: { text: '${{ steps.before.output }}' } });
    const run = scriptedRun(
      [action('before'), { id: 'which', kind: 'branch', cases: [{ when: '${{ true }}', steps: [inside] }] }],
      { output: '${{ steps.inside.output }}' },
    );
    await run.succeed('before', 'seen');
    expect(run.call('inside').input).toEqual({ text: 'seen' });
    await run.succeed('inside', 'hidden');
    expect(run.outcome()).toEqual({ status: 'succeeded', output: null });
  });

  test('the run itself', async () => {
    const run = scriptedRun([
      action('a', 'look', { input: { run: '${{ run }}', trigger: '${{ trigger }}' } }),
    ]);
    expect(run.call('a').input).toEqual({
      run: { id: 'run_1', startedAt: '2030-01-01T00:00:00.000Z', version: 3 },
      trigger: null,
    });
  });
});
