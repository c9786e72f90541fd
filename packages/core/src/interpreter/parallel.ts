import type { ParallelStep, Step } from '../workflow/definition.js';
import { succeeded } from './result.js';
import { isolatedScope, reveal } from './scope.js';
import { type CompiledList, type CompiledStep, runList, simpleStep } from './step-list.js';
import { together } from './together.js';

/** Runs its branches side by side; their steps are visible afterwards, their variables are not. */
export const compileParallel = (
  step: ParallelStep,
  compileList: (steps: readonly Step[]) => CompiledList,
): CompiledStep => {
  const branches = step.branches.map(({ steps }) => compileList(steps));
  return simpleStep(step.id, function* parallel(place) {
    const lists = branches.map((steps) => ({ steps, scope: isolatedScope(place.scope) }));
    const interruption = yield* together(lists.length, lists.length, function* branch(index) {
      const list = lists[index];
      return list && (yield* runList(list.steps, { ...place, scope: list.scope }));
    });
    for (const { scope } of lists) reveal(scope, place.scope);
    return interruption ?? succeeded(null);
  });
};
