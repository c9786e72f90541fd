import { nearestName } from '../../expressions/nearest-name.js';
import { isRecord, type Json } from '../../json.js';
import type { StepKind } from '../definition.js';
import { definitionLimits } from '../limits.js';
import { keepCopy, ownCopy } from './own-copies.js';
import { inside, nameOf, object, type Place, type Reader, type Reading, refuse } from './readers.js';
import { crossFieldRules, stepFields } from './step-fields.js';

/** Reads a list of steps, and what is inside them. */
export const readSteps: Reader = (value, place, reading) => {
  if (!Array.isArray(value)) {
    return refuse(reading, place, 'wrong_type', `Steps must be a list, not ${nameOf(value)}.`);
  }
  const depth = place.depth + 1;
  if (depth > definitionLimits.stepDepth) {
    const message = `Steps may be inside one another ${definitionLimits.stepDepth} deep.`;
    return refuse(reading, place, 'too_deep', message);
  }
  const steps: Json[] = [];
  let sound = true;
  for (const [index, item] of value.entries()) {
    if (reading.problems.full() || reading.steps > reading.maxSteps) return undefined;
    const step = readStep(item, { ...inside(place, index), depth }, reading);
    if (step === undefined) sound = false;
    else steps.push(step);
  }
  return sound ? steps : undefined;
};

const fieldsByKind = stepFields(readSteps);
const kinds = Object.keys(fieldsByKind);
const isKind = (value: Json | undefined): value is StepKind =>
  typeof value === 'string' && Object.hasOwn(fieldsByKind, value);

const readersByKind = Object.fromEntries(
  Object.entries(fieldsByKind).map(([kind, fields]) => [kind, object(fields)]),
);

const readStep = (value: Json, at: Place, reading: Reading): Json | undefined => {
  reading.steps += 1;
  if (reading.steps > reading.maxSteps) {
    const message = `The definition has more than ${reading.maxSteps} steps.`;
    return refuse(reading, { path: '/steps', depth: 0 }, 'too_many_steps', message);
  }
  if (!isRecord(value))
    return refuse(reading, at, 'wrong_type', `A step must be an object, not ${nameOf(value)}.`);
  const place: Place = typeof value.id === 'string' ? { ...at, stepId: value.id.slice(0, 64) } : at;
  const unique = isUnique(value, place, reading);
  if (!isKind(value.kind)) return refuseKind(value.kind, place, reading);
  if (isReadBefore(value, reading)) return unique ? value : undefined;
  const crossed = crossFieldRules(value, place, reading);
  const step = readersByKind[value.kind]?.(value, place, reading);
  if (!unique || !crossed) return undefined;
  if (isRecord(step) && isLeaf(step)) keepCopy(step);
  return step;
};

/** A step without steps inside it: most steps of a long definition. */
const isLeaf = ({ kind, onError, compensate }: Readonly<Record<string, Json>>): boolean =>
  kind === 'action' ? !isRecord(onError) && compensate === undefined : leafKinds.has(kind);

const leafKinds: ReadonlySet<Json | undefined> = new Set(['set', 'wait', 'approval', 'stop']);

/** A step that was read before; of an action, the id is still no alias. */
const isReadBefore = (value: Readonly<Record<string, Json>>, { actions }: Reading): boolean =>
  ownCopy(value) !== undefined &&
  isLeaf(value) &&
  (typeof value.action !== 'string' || (actions.get(value.action)?.id ?? value.action) === value.action);

const isUnique = ({ id }: Readonly<Record<string, Json>>, place: Place, reading: Reading): boolean => {
  if (typeof id !== 'string') return true;
  const other = reading.ids.get(id);
  if (other === undefined) {
    reading.ids.set(id, place.path);
    return true;
  }
  refuse(
    reading,
    inside(place, 'id'),
    'duplicate_id',
    `The id "${id.slice(0, 64)}" is already used at ${other}.`,
  );
  return false;
};

const refuseKind = (kind: Json | undefined, place: Place, reading: Reading): undefined => {
  const at = inside(place, 'kind');
  if (kind === undefined)
    return refuse(reading, at, 'missing_field', `The field "kind" is missing: ${kinds.join(', ')}.`);
  const near = typeof kind === 'string' ? nearestName(kind, kinds) : undefined;
  const hint = near === undefined ? `Kinds are ${kinds.join(', ')}.` : `Did you mean "${near}"?`;
  const shown = typeof kind === 'string' ? `"${kind.slice(0, 60)}"` : nameOf(kind);
  return refuse(reading, at, 'unknown_kind', `${shown} is not a kind of step. ${hint}`);
};
