import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomSteps } from './support/random-steps.js';
import { type ScriptedRun, scriptedRun } from './support/scripted-runtime.js';

/** Gives every answer, in an order that `seed` chooses, to both runs: to one by one, to the other those of a moment at once. */
const answerBoth = async (slow: ScriptedRun, fast: ScriptedRun, seed: number): Promise<void> => {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
  while (!slow.outcome()) {
    const answers = slow
      .open()
      .map((answer) => ({ answer, rank: next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ answer }) => answer);
    for (const answer of answers) await slow.atOnce([answer]);
    await fast.atOnce(answers);
  }
};

test('the log depends on the order of the answers, not on when they come', async () => {
  await fc.assert(
    fc.asyncProperty(randomSteps, fc.nat(1_000_000), async (steps, seed) => {
      const [slow, fast] = [scriptedRun(steps), scriptedRun(steps)];
      await new Promise((resolve) => setImmediate(resolve));
      await answerBoth(slow, fast, seed);
      expect(fast.events).toEqual(slow.events);
      expect(fast.outcome()).toEqual(slow.outcome());
    }),
    { numRuns: 300, seed: 20300101 },
  );
});
