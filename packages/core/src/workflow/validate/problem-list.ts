import { definitionLimits } from '../limits.js';
import type { Problem } from '../problem.js';

/** Collects problems up to a bound. */
export interface ProblemList {
  readonly all: readonly Problem[];
  add(problem: Problem): void;
  /** How many were added, those that were left out included. */
  added(): number;
  /** True when no further error is taken, so that looking on is a waste. */
  full(): boolean;
}

/**
 * An empty list. Errors and warnings are bounded apart, so that warnings never crowd out an error; fixes are left out once
 * they are too large together.
 */
export const createProblemList = (): ProblemList => {
  const all: Problem[] = [];
  const counts = { error: 0, warning: 0 };
  let added = 0;
  let fixes = 0;

  /** A fix may hold a long text or a whole schema: with one for each problem the answer could have any size. */
  const withinBounds = ({ fix, ...problem }: Problem): Problem => {
    if (!fix || fixes > definitionLimits.fixes) return problem;
    fixes += JSON.stringify(fix).length;
    return fixes > definitionLimits.fixes ? problem : { ...problem, fix };
  };

  return {
    all,
    add(problem) {
      added += 1;
      if (counts[problem.severity] >= definitionLimits.problems) return;
      counts[problem.severity] += 1;
      all.push(withinBounds(problem));
    },
    added: () => added,
    full: () => counts.error >= definitionLimits.problems,
  };
};
