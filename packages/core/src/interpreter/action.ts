import type { Json } from '../json.js';
import type { ActionSpec } from '../workflow/action-spec.js';
import type { ActionStep, Step } from '../workflow/definition.js';
import { compileInput } from './action-input.js';
import { asText } from './as-text.js';
import { callAction } from './call-action.js';
import { recoverableStep } from './on-error.js';
import { failed, failureOf, type Interruption } from './result.js';
import { retryRules } from './retry.js';
import type { SecretText } from './runtime.js';
import type { CompiledList, CompiledStep, Place } from './step-list.js';

/** Calls an action of the catalog, and remembers how to undo it. */
export const compileAction = (
  step: ActionStep,
  compileList: (steps: readonly Step[]) => CompiledList,
): CompiledStep => {
  const stepId = step.id;
  const templates = compileInput(step.input ?? {});
  const rules = retryRules(step.retry);

  const evaluate = ({ scope }: Place, spec: ActionSpec) => {
    const { input, secrets } = templates.evaluate(scope);
    return { input: asText(spec.inputSchema, input), secrets };
  };

  const remember = ({ execution, scope }: Place, path: string, input: Json, output: Json): void => {
    const compensation = step.compensate ?? execution.actions.get(step.action)?.compensate;
    if (compensation) execution.undoable.push({ path, stepId, compensation, scope, input, output });
  };

  return recoverableStep(
    step,
    compileList,
    function* action(place, path) {
      const { execution } = place;
      const { runtime } = execution;
      const failToStart = (failure: Interruption): Interruption => {
        runtime.emit({ type: 'step.started', path, stepId, attempt: 1 });
        return failure;
      };
      const spec = execution.actions.get(step.action);
      if (!spec) {
        return failToStart(
          failed('unknown_action', `There is no action "${step.action}" in the catalog.`, path),
        );
      }
      let evaluated: { readonly input: Json; readonly secrets: readonly SecretText[] };
      try {
        evaluated = evaluate(place, spec);
      } catch (error) {
        return failToStart(failureOf(error, path));
      }
      const { input, secrets } = evaluated;
      const result = yield* callAction(execution, {
        path,
        stepId,
        spec,
        input,
        secrets,
        rules,
        timeout: step.timeout,
        undo: false,
        started: (attempt) => runtime.emit({ type: 'step.started', path, stepId, attempt, input }),
        retrying: (attempt, error, delay) =>
          runtime.emit({ type: 'step.retrying', path, stepId, attempt, error, delay }),
      });
      if (result.kind === 'succeeded') remember(place, path, input, result.output);
      return result;
    },
    (place, path, output) => {
      const spec = place.execution.actions.get(step.action);
      if (spec) remember(place, path, evaluate(place, spec).input, output);
    },
  );
};
