import { compileCondition } from '../expressions/compile.js';
import type { RepeatStep, Step } from '../workflow/definition.js';
import { holds } from './condition.js';
import { succeeded } from './result.js';
import { isolatedScope, reveal } from './scope.js';
import { type CompiledList, type CompiledStep, runList, simpleStep } from './step-list.js';

/** Runs its steps until a condition holds after a round, at most `max` times; the last round's steps are visible afterwards. */
export const compileRepeat = (
  step: RepeatStep,
  compileList: (steps: readonly Step[]) => CompiledList,
): CompiledStep => {
  const steps = compileList(step.steps);
  const until = step.until === undefined ? undefined : compileCondition(step.until);
  return simpleStep(step.id, function* repeat(place, path) {
    let iterations = 0;
    let scope = place.scope;
    while (iterations < step.max) {
      scope = isolatedScope(place.scope);
      const interruption = yield* runList(steps, { ...place, prefix: `${path}[${iterations}]/`, scope });
      if (interruption) return interruption;
      iterations += 1;
      if (until && holds(place.execution, until, scope, path, iterations - 1)) break;
    }
    reveal(scope, place.scope);
    return succeeded({ iterations });
  });
};
