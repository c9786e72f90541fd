import type { ConditionTest } from '../interpreter/runtime.js';
import type { Json } from '../json.js';
import type { Budget } from './budget.js';
import type { Choices } from './choices.js';
import { truthOf, valueAt, waysTo } from './flips.js';
import type { Knowledge, Sources } from './knowledge.js';
import type { Origins } from './origins.js';
import { stepIdOf } from './run-path.js';
import type { Trace } from './trace.js';

/** What conditions are decided by. */
export interface DecideParts {
  readonly sources: Sources;
  readonly choices: Choices;
  readonly origins: Origins;
  readonly knowledge: Knowledge;
  readonly trace: Trace;
  readonly budget: Budget;
}

/** A condition that was decided, with what it read. */
interface Decided {
  readonly read: readonly (Json | undefined)[];
  readonly holds: boolean;
}

/** Decides the conditions of a walk: by their value where it is known; where it is not, it is a choice. */
export const createDecide = (parts: DecideParts): ((test: ConditionTest) => boolean) => {
  const { sources, choices, origins, knowledge, trace, budget } = parts;
  const decided = new Map<string, Decided>();
  const goOn = new Set<string>();

  /** Asked again about the same values, a condition comes out the same. */
  const decide = ({ path, condition, scope }: ConditionTest): { holds: boolean; forced: boolean } => {
    const { references } = condition;
    const key = `${path.slice(0, path.lastIndexOf('/') + 1)}${references[0]?.template}`;
    const read = references.map((reference) => valueAt(scope, reference.path));
    const before = decided.get(key);
    if (before?.read.every((value, index) => value === read[index])) return { ...before, forced: false };
    const decision = choices.decide(truthOf(condition, scope), (wanted) =>
      waysTo(wanted, condition, scope, origins),
    );
    decided.set(key, { read, holds: decision.holds });
    return decision;
  };

  return (test) => {
    const { path, index, condition, scope } = test;
    budget.step();
    if (!condition.references.some((reference) => knowledge.isUnknown(reference, scope))) {
      return condition.test(scope);
    }
    const step = sources.steps.get(stepIdOf(path));
    const round = step?.kind === 'repeat' ? index : 0;
    // After the last round it makes no difference.
    if (step?.kind === 'repeat' && round === step.max - 1) return truthOf(condition, scope) ?? false;
    // Either it holds after the first round, or it is to be seen what all rounds come to.
    if (round > 0) return !goOn.has(path) && (truthOf(condition, scope) ?? false);
    const { holds, forced } = decide(test);
    if (forced) {
      trace.unknown({ path, what: 'condition', assumed: String(holds) });
      if (step?.kind === 'repeat') goOn.add(path);
    }
    return holds;
  };
};
