import { definitionLimits } from '../limits.js';
import type { Problem } from '../problem.js';

/** Collects problems up to a bound. */
export interface ProblemList {
  readonly all: readonly Problem[];
  add(problem: Problem): void;
  /** True when no further error is taken, so that looking on is a waste. */
  full(): boolean;
}

/** An empty list. Errors and warnings are bounded apart, so that warnings never crowd out an error. */
export const createProblemList = (): ProblemList => {
  const all: Problem[] = [];
  const counts = { error: 0, warning: 0 };
  return {
    all,
    add(problem) {
      if (counts[problem.severity] >= definitionLimits.problems) return;
      counts[problem.severity] += 1;
      all.push(problem);
    },
    full: () => counts.error >= definitionLimits.problems,
  };
};
