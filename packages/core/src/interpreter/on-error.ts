import type { Json } from '../json.js';
import type { OnError, Step } from '../workflow/definition.js';
import type { StepResult } from './result.js';
import { nestedScope, record } from './scope.js';
import {
  attempt,
  type CompiledList,
  type CompiledStep,
  type Place,
  runList,
  type StepBody,
} from './step-list.js';
import { takenOverResult } from './taken-over.js';

/**
 * A step whose failure `onError` may take. `body` reports its starts, since it may start more than once; `reuse` is
 * called with an output that is taken over from an earlier run.
 */
export const recoverableStep = (
  step: { readonly id: string; readonly onError?: OnError },
  compileList: (steps: readonly Step[]) => CompiledList,
  body: StepBody,
  reuse?: (place: Place, path: string, output: Json) => void,
): CompiledStep => {
  const { id: stepId, onError = 'fail' } = step;
  const recovery = typeof onError === 'object' ? compileList(onError.steps) : [];
  return {
    id: stepId,
    *run(place) {
      const { runtime } = place.execution;
      const path = place.prefix + stepId;
      const reused = takenOverResult(place.execution.takenOver, path);
      if (reused) runtime.emit({ type: 'step.skipped', path, stepId, reason: 'reused' });
      const result = yield* attempt(reused ? takenOver(reused, reuse) : body, place, path);
      if (result.kind === 'succeeded') {
        record(place.scope, stepId, { output: result.output });
        if (!reused) runtime.emit({ type: 'step.succeeded', path, stepId, output: result.output });
        return undefined;
      }
      if (result.kind === 'stopped') return result;
      if (result !== reused) runtime.emit({ type: 'step.failed', path, stepId, error: result.error });
      if (result.kind === 'cancelled' || onError === 'fail') return result;
      record(place.scope, stepId, { output: null, error: result.error });
      return yield* runList(recovery, { ...place, scope: nestedScope(place.scope) });
    },
  };
};

const takenOver =
  (result: StepResult, reuse: ((place: Place, path: string, output: Json) => void) | undefined): StepBody =>
  (place, path) => {
    if (result.kind === 'succeeded') reuse?.(place, path, result.output);
    return result;
  };
