/** Readers: small functions that check one value of a document and give it back normalised. */

import { nearestName } from '../../expressions/nearest-name.js';
import { isRecord, type Json } from '../../json.js';
import type { ActionLookup } from '../action-spec.js';
import { normalizeDuration, parseDuration } from '../duration.js';
import { pointer } from '../json-pointer.js';
import type { ProblemList } from './problem-list.js';

/** Where a value stands. */
export interface Place {
  readonly path: string;
  readonly stepId?: string;
  /** Lists of steps around it. */
  readonly depth: number;
}

/** What is carried through one reading of a document. */
export interface Reading {
  readonly problems: ProblemList;
  readonly actions: ActionLookup;
  readonly maxSteps: number;
  /** Step ids seen so far, with the path of their step. */
  readonly ids: Map<string, string>;
  steps: number;
}

/** Checks a value; undefined when it cannot be used, which it has reported. */
export type Reader = (value: Json, place: Place, reading: Reading) => Json | undefined;

/** A field of an object. */
export interface Field {
  readonly read: Reader;
  readonly required: boolean;
}

/** Fields by name. */
export type Fields = Readonly<Record<string, Field>>;

export const required = (read: Reader): Field => ({ read, required: true });
export const optional = (read: Reader): Field => ({ read, required: false });

/** Reports an error; gives undefined, so that a reader can end with it. */
export const refuse = (reading: Reading, place: Place, code: string, message: string): undefined => {
  const { path, stepId } = place;
  reading.problems.add({
    code,
    severity: 'error',
    path,
    ...(stepId === undefined ? {} : { stepId }),
    message,
  });
};

/** The place of a member. */
export const inside = (place: Place, key: string | number): Place => ({
  ...place,
  path: pointer(place.path, key),
});

/** What a value is, for a sentence. */
export const nameOf = (value: Json): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : typeof value === 'string' ? 'text' : `a ${typeof value}`;
};

const lastKey = (path: string): string => path.slice(path.lastIndexOf('/') + 1) || 'definition';

const wrongType = (wanted: string, value: Json, place: Place, reading: Reading): undefined =>
  refuse(reading, place, 'wrong_type', `"${lastKey(place.path)}" must be ${wanted}, not ${nameOf(value)}.`);

/** Any value. */
export const anyJson: Reader = (value) => value;

/** True or false. */
export const flag: Reader = (value, place, reading) =>
  typeof value === 'boolean' ? value : wrongType('true or false', value, place, reading);

/** Text of `least` to `most` characters, not only blanks when `least` is above 0. */
export const text =
  (most: number, least = 0): Reader =>
  (value, place, reading) => {
    if (typeof value !== 'string') return wrongType('text', value, place, reading);
    if (value.length > most) {
      return refuse(reading, place, 'too_long', `"${lastKey(place.path)}" may have ${most} characters.`);
    }
    if (value.trim().length < least) {
      return refuse(reading, place, 'invalid_value', `"${lastKey(place.path)}" must not be empty.`);
    }
    return value;
  };

/** Text that fits a pattern; `rule` ends the sentence "x is not …". */
export const matching =
  (pattern: RegExp, code: string, rule: string): Reader =>
  (value, place, reading) => {
    if (typeof value !== 'string') return wrongType('text', value, place, reading);
    return pattern.test(value)
      ? value
      : refuse(reading, place, code, `"${value.slice(0, 120)}" is not ${rule}.`);
  };

/** Text on which `mistake` finds nothing. */
export const checked =
  (code: string, mistake: (value: string) => string | undefined): Reader =>
  (value, place, reading) => {
    if (typeof value !== 'string') return wrongType('text', value, place, reading);
    const found = mistake(value);
    return found === undefined ? value : refuse(reading, place, code, found);
  };

/** One of some texts. */
export const oneOf =
  (...values: readonly string[]): Reader =>
  (value, place, reading) => {
    if (typeof value === 'string' && values.includes(value)) return value;
    const near = typeof value === 'string' ? nearestName(value, values) : undefined;
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
    const list = values.map((each) => `"${each}"`).join(', ');
    return refuse(reading, place, 'invalid_value', `"${lastKey(place.path)}" must be one of ${list}.${hint}`);
  };

/** A number in a range. */
export const number =
  (least: number, most: number, whole: boolean): Reader =>
  (value, place, reading) => {
    const what = whole ? 'a whole number' : 'a number';
    if (typeof value !== 'number') return wrongType(what, value, place, reading);
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
    const name = lastKey(place.path);
    return refuse(
      reading,
      place,
      'out_of_range',
      `"${name}" must be ${what} from ${least} to ${most}, not ${value}.`,
    );
  };

/** A duration of `least` to `most` milliseconds, given back in ISO 8601. */
export const duration =
  (least = 0, most = Number.POSITIVE_INFINITY): Reader =>
  (value, place, reading) => {
    if (typeof value !== 'string') return wrongType('a duration such as "PT48H"', value, place, reading);
    const ms = parseDuration(value);
    if (ms === undefined) {
      const message = `"${value.slice(0, 60)}" is not a duration: write "PT48H", "P14D", "48h" or "3 days".`;
      return refuse(reading, place, 'invalid_duration', message);
    }
    if (ms < least || ms > most) {
      const message = ms < least ? 'must be longer than that' : 'must be at most 7 days';
      return refuse(reading, place, 'out_of_range', `"${lastKey(place.path)}" is ${value}: it ${message}.`);
    }
    return normalizeDuration(value);
  };

/** A list. */
export const list =
  (read: Reader, most: number): Reader =>
  (value, place, reading) => {
    if (!Array.isArray(value)) return wrongType('a list', value, place, reading);
    if (value.length > most) {
      return refuse(reading, place, 'too_long', `"${lastKey(place.path)}" may have ${most} entries.`);
    }
    const items: Json[] = [];
    let sound = true;
    for (const [index, item] of value.entries()) {
      if (reading.problems.full()) return undefined;
      const done = read(item, inside(place, index), reading);
      if (done === undefined) sound = false;
      else items.push(done);
    }
    return sound ? items : undefined;
  };

/** An object of any fields, each read the same way. */
export const record =
  (read: Reader = anyJson): Reader =>
  (value, place, reading) => {
    if (!isRecord(value)) return wrongType('an object', value, place, reading);
    return readEach(Object.entries(value), () => read, place, reading);
  };

/** An object of known fields: others are refused, with the nearest known name. */
export const object =
  (fields: Fields): Reader =>
  (value, place, reading) => {
    if (!isRecord(value)) return wrongType('an object', value, place, reading);
    const entries = Object.entries(value);
    let sound = true;
    for (const [name] of entries) {
      if (Object.hasOwn(fields, name)) continue;
      if (reading.problems.full()) return undefined;
      sound = false;
      const near = nearestName(name, Object.keys(fields));
      const hint =
        near === undefined ? `Known are ${Object.keys(fields).join(', ')}.` : `Did you mean "${near}"?`;
      refuse(
        reading,
        inside(place, name),
        'unknown_field',
        `The field "${name.slice(0, 120)}" is not known here. ${hint}`,
      );
    }
    for (const [name, field] of Object.entries(fields)) {
      if (!field.required || Object.hasOwn(value, name)) continue;
      sound = false;
      refuse(reading, inside(place, name), 'missing_field', `The field "${name}" is missing.`);
    }
    const known = entries.filter(([name]) => Object.hasOwn(fields, name));
    const done = readEach(known, (name) => fields[name]?.read ?? anyJson, place, reading);
    return sound ? done : undefined;
  };

const readEach = (
  entries: readonly [string, Json][],
  reader: (name: string) => Reader,
  place: Place,
  reading: Reading,
): Json | undefined => {
  const result: { [name: string]: Json } = {};
  let sound = true;
  for (const [name, value] of entries) {
    if (reading.problems.full()) return undefined;
    const done = reader(name)(value, inside(place, name), reading);
    if (done === undefined) sound = false;
    else result[name] = done;
  }
  return sound ? result : undefined;
};
