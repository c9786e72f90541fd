import { WorkflowError } from '../errors.js';
import type { JsonObject } from '../json.js';
import { type ActionLookup, impliedInput } from '../workflow/action-spec.js';
import type { Step, StepKind } from '../workflow/definition.js';
import { newStepId } from './step-ids.js';
import { kindOfId, knownActionId } from './step-kind-ids.js';
import { conditionsOf, readableParams } from './step-params.js';

/** What {@link newStep} makes a step of. */
export interface NewStep {
  readonly actionId: string;
  readonly params: JsonObject;
  readonly title?: string;
}

/**
 * A step of an action id and its parameters, with an id of its own that is added to `taken`.
 * Throws `invalid_request` for an unknown action id; whether the parameters fit is for `applyEdits` and the validation.
 */
export const newStep = (
  { actionId, params, title }: NewStep,
  actions: ActionLookup,
  taken: Set<string>,
): Step => {
  const known = knownActionId(actionId, actions);
  if (known === undefined) {
    throw new WorkflowError(
      'invalid_request',
      `There is no action "${actionId}" in the catalog. Use an id from GET /api/actions.`,
    );
  }
  const spec = actions.get(known);
  const kind = spec ? 'action' : (kindOfId(known) ?? 'action');
  return uncheckedStep({
    ...fieldsOf(kind, { ...(spec ? impliedInput(spec, actionId) : {}), ...readableParams(kind, params) }),
    id: newStepId(known, taken),
    kind,
    ...(kind === 'action' ? { action: known } : {}),
    ...(title === undefined ? {} : { title }),
  });
};

/** Edge: parameters come from people and models, and `applyEdits` refuses what is no step. */
const uncheckedStep = (value: unknown): Step => value as Step;

const fieldsOf = (kind: StepKind, params: JsonObject): JsonObject => {
  switch (kind) {
    case 'action':
      return { input: params };
    case 'set':
      return { values: params };
    case 'branch':
      return { cases: conditionsOf(params).map((when) => ({ when, steps: [] })), otherwise: [] };
    case 'parallel':
      return { branches: [] };
    case 'forEach':
    case 'repeat':
      return { ...params, steps: [] };
    case 'approval':
      return { title: 'Approval', ...params };
    default:
      return params;
  }
};
