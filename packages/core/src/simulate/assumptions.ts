import { isRecord, type Json } from '../json.js';
import { sameOrLater, stepIdOf } from './run-path.js';

/** Keys and indices down to a place in a value. */
export type Pointer = readonly (string | number)[];

/** What a walk takes a sample to hold. */
export interface Assumption {
  /** Run path of the step whose answer the sample is; empty: the run's input. In later rounds of its loops it holds too. */
  readonly origin: string;
  readonly pointer: Pointer;
  /** Undefined: nothing is there. */
  readonly value: Json | undefined;
}

/** Makes a function that gives the sample of an origin as it is assumed; of two assumptions on one place the last counts. */
export const assuming = (assumptions: readonly Assumption[]): ((sample: Json, origin: string) => Json) => {
  const byStep = new Map<string, Assumption[]>();
  for (const assumption of assumptions) {
    const stepId = stepIdOf(assumption.origin);
    const known = byStep.get(stepId);
    if (known) known.push(assumption);
    else byStep.set(stepId, [assumption]);
  }
  return (sample, origin) =>
    (byStep.get(stepIdOf(origin)) ?? [])
      .filter((each) => sameOrLater(each.origin, origin))
      .reduce((value, { pointer, value: assumed }) => setAt(value, pointer, assumed), sample);
};

/** A copy of a value with something else at a place; what is missing on the way is made. */
const setAt = (value: Json, [key, ...rest]: Pointer, next: Json | undefined): Json => {
  if (key === undefined) return next ?? null;
  if (Array.isArray(value) && typeof key === 'number') {
    return value.map((item, index) => (index === key ? setAt(item, rest, next) : item));
  }
  const fields = new Map<string, Json>(isRecord(value) ? Object.entries(value) : []);
  const name = String(key);
  if (rest.length === 0 && next === undefined) fields.delete(name);
  else fields.set(name, setAt(fields.get(name) ?? null, rest, next));
  return Object.fromEntries(fields);
};
