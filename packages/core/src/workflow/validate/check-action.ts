import { nearestName } from '../../expressions/nearest-name.js';
import { isRecord, type JsonObject, type JsonSchema } from '../../json.js';
import type { ActionSpec } from '../action-spec.js';
import type { ActionStep, Compensation } from '../definition.js';
import { checkTexts } from './check-text.js';
import { checkValue } from './check-value.js';
import { type Checking, member, report, type Spot, setAt } from './checking.js';
import { type VisibleScope, withNames } from './scope.js';

/** Checks that an action exists and that its input fits. */
export const checkAction = (step: ActionStep, spot: Spot, scope: VisibleScope, checking: Checking): void => {
  const spec = knownAction(step.action, member(spot, 'action'), checking);
  checkInputOf(spec, step.input ?? {}, member(spot, 'input'), scope, checking);
};

/** Checks how a step is undone: templates see its `input` and `output` too. */
export const checkCompensation = (
  step: ActionStep,
  compensate: Compensation,
  spot: Spot,
  scope: VisibleScope,
  checking: Checking,
): void => {
  const done = checking.actions.get(step.action);
  const inner = withNames(scope, { input: done?.inputSchema, output: done?.outputSchema });
  const spec = knownAction(compensate.action, member(spot, 'action'), checking);
  checkInputOf(spec, compensate.input ?? {}, member(spot, 'input'), inner, checking);
};

/** The action of an id; reports an unknown one with the nearest. */
export const knownAction = (id: string, spot: Spot, checking: Checking): ActionSpec | undefined => {
  const spec = checking.actions.get(id);
  if (spec) return spec;
  const names = checking.actions.all().flatMap((each) => [each.id, ...(each.aliases ?? [])]);
  const near = nearestName(id, names);
  const better = near === undefined ? undefined : checking.actions.get(near);
  const hint = better ? ` Did you mean "${better.id}"?` : ' Choose one from the catalog.';
  report(checking, spot, 'unknown_action', `The catalog has no action "${id}".${hint}`, {
    fix: better && setAt(spot, better.id),
  });
  return undefined;
};

const checkInputOf = (
  spec: ActionSpec | undefined,
  input: JsonObject,
  spot: Spot,
  scope: VisibleScope,
  checking: Checking,
): void => {
  const at: Spot = { ...spot, secrets: true };
  if (!spec) {
    checkTexts(input, at, scope, checking);
    return;
  }
  // An action without fields takes any object only when its schema says so.
  const schema: JsonSchema = isRecord(spec.inputSchema.properties)
    ? spec.inputSchema
    : { ...spec.inputSchema, properties: {} };
  checkValue(input, { schema, root: schema }, at, scope, checking);
};
