import { compileTemplates } from '../expressions/compile.js';
import type { Json } from '../json.js';
import type { ForEachStep, Step } from '../workflow/definition.js';
import { failed, failureOf, succeeded } from './result.js';
import { isolatedScope, outputIn } from './scope.js';
import { type CompiledList, type CompiledStep, runList, simpleStep } from './step-list.js';
import { together } from './together.js';

/** Runs its steps once per item, `concurrency` items at a time. */
export const compileForEach = (
  step: ForEachStep,
  compileList: (steps: readonly Step[]) => CompiledList,
): CompiledStep => {
  const items = compileTemplates(step.items);
  const steps = compileList(step.steps);
  const output = step.output === undefined ? undefined : compileTemplates(step.output);
  const lastId = step.steps.at(-1)?.id ?? '';
  return simpleStep(step.id, function* forEach(place, path) {
    const list = items.evaluate(place.scope);
    if (!Array.isArray(list)) return failed('expression_failed', 'The items are not a list.', path);
    const results: Json[] = list.map(() => null);
    const interruption = yield* together(list.length, step.concurrency ?? 1, function* round(index) {
      const prefix = `${path}[${index}]/`;
      const scope = isolatedScope(place.scope, { [step.as ?? 'item']: list[index] ?? null, index });
      const stopped = yield* runList(steps, { ...place, prefix, scope });
      if (stopped) return stopped;
      try {
        results[index] = output ? output.evaluate(scope) : outputIn(scope, lastId);
        return undefined;
      } catch (error) {
        return failureOf(error, path);
      }
    });
    return interruption ?? succeeded({ results });
  });
};
