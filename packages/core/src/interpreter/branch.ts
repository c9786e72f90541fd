import { compileCondition } from '../expressions/compile.js';
import type { BranchStep, Step } from '../workflow/definition.js';
import { holds } from './condition.js';
import { succeeded } from './result.js';
import { nestedScope } from './scope.js';
import { type CompiledList, type CompiledStep, runList, simpleStep } from './step-list.js';

/** Takes the first case whose condition holds, else `otherwise`, else nothing. */
export const compileBranch = (
  step: BranchStep,
  compileList: (steps: readonly Step[]) => CompiledList,
): CompiledStep => {
  const cases = step.cases.map((one) => ({
    when: compileCondition(one.when),
    steps: compileList(one.steps),
  }));
  const otherwise = step.otherwise && compileList(step.otherwise);
  return simpleStep(step.id, function* branch(place, path) {
    const { execution, scope } = place;
    const index = cases.findIndex(({ when }, at) => holds(execution, when, scope, path, at));
    const steps = cases[index]?.steps ?? otherwise;
    if (!steps) return succeeded({ case: null });
    const interruption = yield* runList(steps, { ...place, scope: nestedScope(scope) });
    return interruption ?? succeeded({ case: index < 0 ? 'otherwise' : index });
  });
};
