import type { Json, JsonSchema } from '../json.js';
import type { Compensation } from '../workflow/definition.js';
import { type CompiledInput, compileInput } from './action-input.js';
import { asText } from './as-text.js';
import { callAction } from './call-action.js';
import type { Execution, Undoable } from './execution.js';
import type { Flow } from './fiber.js';
import { failed, failureOf, type Interruption, type StepResult } from './result.js';
import { retryRules } from './retry.js';
import type { SecretText } from './runtime.js';

/** Undoes the succeeded actions, newest first, once each. A compensation that fails is reported, and the next one follows. */
export function* compensateAll(execution: Execution): Flow<void> {
  for (const undoable of execution.undoable.toReversed()) yield* compensate(execution, undoable);
}

function* compensate(execution: Execution, undoable: Undoable): Flow<void> {
  const { runtime } = execution;
  const { path, stepId } = undoable;
  const result = yield* undo(execution, undoable);
  if (result.kind === 'succeeded') runtime.emit({ type: 'compensation.succeeded', path, stepId });
  else if (result.kind !== 'stopped') {
    runtime.emit({ type: 'compensation.failed', path, stepId, error: result.error });
  }
}

function* undo(execution: Execution, undoable: Undoable): Flow<StepResult> {
  const { runtime, actions } = execution;
  const { path, stepId, compensation } = undoable;
  const { action } = compensation;
  const spec = actions.get(action);
  const prepared = inputOf(undoable, spec?.inputSchema ?? {});
  const input = prepared.kind === 'ready' ? prepared.input : {};
  runtime.emit({ type: 'compensation.started', path, stepId, action, input });
  if (prepared.kind !== 'ready') return prepared;
  if (!spec) return failed('unknown_action', `There is no action "${action}" in the catalog.`, path);
  return yield* callAction(execution, {
    path,
    stepId,
    spec,
    input,
    secrets: prepared.secrets,
    rules: retryRules(),
    timeout: undefined,
    undo: true,
    started: () => undefined,
    retrying: () => undefined,
  });
}

type Prepared =
  | { readonly kind: 'ready'; readonly input: Json; readonly secrets: readonly SecretText[] }
  | Interruption;

const inputOf = (undoable: Undoable, schema: JsonSchema): Prepared => {
  const { scope, input, output, path, compensation } = undoable;
  try {
    const evaluated = templatesOf(compensation).evaluate({ ...scope, input, output });
    return { kind: 'ready', input: asText(schema, evaluated.input), secrets: evaluated.secrets };
  } catch (error) {
    return failureOf(error, path);
  }
};

const compiled = new WeakMap<Compensation, CompiledInput>();

/** Compiled when first needed: most runs undo nothing. */
const templatesOf = (compensation: Compensation): CompiledInput => {
  const known = compiled.get(compensation);
  if (known) return known;
  const templates = compileInput(compensation.input ?? {});
  compiled.set(compensation, templates);
  return templates;
};
