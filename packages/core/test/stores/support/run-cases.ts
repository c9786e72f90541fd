import { describe, test } from 'vitest';
import type { ConformanceCase } from '../../../src/testing/conformance-case.js';

/** Runs a conformance suite as tests. */
export const runCases = (name: string, cases: readonly ConformanceCase[]): void => {
  describe(name, () => {
    for (const one of cases) test(one.name, one.run);
  });
};

/** The names of the cases that fail. */
export const failing = async (cases: readonly ConformanceCase[]): Promise<string[]> => {
  const names: string[] = [];
  for (const one of cases) {
    await one.run().catch(() => names.push(one.name));
  }
  return names;
};

/** Milliseconds that pass only when told. */
export const manualTime = () => {
  // Not 0: lru-cache takes a start time of 0 for "no time to live".
  let time = 1000;
  return {
    now: () => time,
    wait: async (ms: number) => {
      time += ms;
    },
  };
};
