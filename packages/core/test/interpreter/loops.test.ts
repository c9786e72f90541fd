import { describe, expect, test } from 'vitest';
import type { Step } from '../../src/workflow/definition.js';
import { action, scriptedRun } from './support/scripted-runtime.js';

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('forEach', () => {
  const each = (more: object = {}): Step => ({
    id: 'each',
    kind: 'forEach',
    items: '${{ inputs.items }}',
    steps: [action('a', 'look', { input: { number: '${{ item + index }}' } })],
    ...more,
  });

  test('runs so many rounds at once and keeps the order of the items', async () => {
    const run = scriptedRun([each({ concurrency: 2 })], {
      input: { items: [10, 20, 30] },
      output: '${{ steps.each.output.results }}',
    });
    expect(run.calls()).toEqual(['each[0]/a', 'each[1]/a']);
    expect(run.call('each[1]/a').input).toEqual({ number: 21 });
    await run.succeed('each[1]/a', 'second');
    expect(run.calls()).toEqual(['each[0]/a', 'each[2]/a']);
    await run.succeed('each[2]/a', 'third');
    await run.succeed('each[0]/a', 'first');
    expect(run.outcome()).toEqual({ status: 'succeeded', output: ['first', 'second', 'third'] });
  });

  test('has an output of its own', async () => {
    const run = scriptedRun([each({ output: 'item ${{ item }}', steps: [] })], {
      input: { items: [1, 2] },
      output: '${{ steps.each.output.results }}',
    });
    await tick();
    expect(run.outcome()).toEqual({ status: 'succeeded', output: ['item 1', 'item 2'] });
  });

  test('the first failure cancels the other rounds and starts no more', async () => {
    const run = scriptedRun([each({ concurrency: 2 })], { input: { items: [1, 2, 3] } });
    await run.fail('each[1]/a');
    expect(run.story().slice(4)).toEqual([
      'step.failed each[1]/a',
      'step.failed each[0]/a',
      'step.failed each',
      'run.failed',
    ]);
  });

  test('of no list fails', async () => {
    const run = scriptedRun([each()], { input: { items: 5 } });
    await tick();
    expect(run.outcome()).toMatchObject({
      status: 'failed',
      error: { code: 'expression_failed', path: 'each' },
    });
  });

  test('of many rounds without a wait does not exhaust the stack', async () => {
    const items = Array.from({ length: 20_000 }, (_, index) => index);
    const run = scriptedRun([each({ steps: [{ id: 's', kind: 'set', values: {} }], concurrency: 3 })], {
      input: { items },
    });
    await tick();
    expect(run.outcome()).toMatchObject({ status: 'succeeded' });
  });

  test('goes over 100,000 items', async () => {
    const items = Array.from({ length: 100_000 }, (_, index) => index);
    const run = scriptedRun([
      {
        id: 'each',
        kind: 'forEach',
        items,
        steps: [{ id: 'double', kind: 'set', values: { twice: '${{ item * 2 }}' } }],
        output: '${{ vars.twice }}',
      },
      { id: 'last', kind: 'stop', outcome: 'succeeded', output: '${{ steps.each.output.results[99999] }}' },
    ]);
    await tick();
    expect(run.outcome()).toEqual({ status: 'succeeded', output: 199_998 });
  });

  test('a loop out of hand fails instead of blocking the process', async () => {
    const inner: Step = {
      id: 'in',
      kind: 'repeat',
      max: 1000,
      steps: [{ id: 's', kind: 'set', values: {} }],
    };
    const run = scriptedRun([{ id: 'out', kind: 'repeat', max: 1000, steps: [inner] }]);
    await tick();
    expect(run.outcome()).toMatchObject({ status: 'failed', error: { code: 'too_many_steps' } });
  });
});

describe('repeat', () => {
  const again = (until?: string): Step => ({
    id: 'again',
    kind: 'repeat',
    max: 3,
    steps: [action('a')],
    ...(until ? { until } : {}),
  });
  const output = ['${{ steps.again.output.iterations }}', '${{ steps.a.output }}'];

  test('ends when its condition holds, and shows the last round', async () => {
    const run = scriptedRun([again('${{ steps.a.output == "done" }}')], { output });
    await run.succeed('again[0]/a', 'no');
    await run.succeed('again[1]/a', 'done');
    expect(run.outcome()).toEqual({ status: 'succeeded', output: [2, 'done'] });
  });

  test('goes on after its last round', async () => {
    const run = scriptedRun([again()], { output });
    for (const round of [0, 1, 2]) await run.succeed(`again[${round}]/a`, round);
    expect(run.outcome()).toEqual({ status: 'succeeded', output: [3, 2] });
  });
});
