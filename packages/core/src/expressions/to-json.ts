import type { Json, JsonObject } from '../json.js';
import { fail } from './fail.js';
import { TimeSpan } from './values.js';

/** Deepest nesting of a result. */
const maxDepth = 200;

/** Objects and lists in a result. One that holds another twice, which holds a third twice, and so on, is larger than it looks. */
const maxContainers = 1_000_000;

/**
 * A result as JSON: timestamps become RFC 3339 text, durations text such as `3600s`, big integers numbers, Maps objects, absent
 * values null. What is JSON already is given back as it is, not copied. Throws `expression_failed` for numbers that JSON
 * cannot hold, functions, foreign objects, nesting over 200 and more than a million objects and lists.
 */
export const toJson = (value: unknown): Json => {
  const budget = { left: maxContainers };
  return isJson(value, 0, budget) ? value : convert(value, 0);
};

/** Whether nothing has to change. Most results are JSON from the scope, so this comes first and allocates nothing. */
const isJson = (value: unknown, depth: number, budget: { left: number }): value is Json => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (depth >= maxDepth) return false;
  budget.left -= 1;
  if (budget.left < 0) return fail(`The result holds more than ${maxContainers} objects and lists.`);
  if (Array.isArray(value)) {
    for (const item of value) if (!isJson(item, depth + 1, budget)) return false;
    return true;
  }
  if (!isPlain(value)) return false;
  for (const key of Object.keys(value)) if (!isJson(Reflect.get(value, key), depth + 1, budget)) return false;
  return true;
};

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

const convert = (value: unknown, depth: number): Json => {
  if (depth > maxDepth) return fail(`The result is nested more than ${maxDepth} deep.`);
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : fail(`The result is ${value}, which is no number in JSON.`);
  }
  if (Array.isArray(value)) return value.map((item) => convert(item, depth + 1));
  if (value instanceof Date) return value.toISOString();
  if (value instanceof TimeSpan) return value.toString();
  if (value instanceof Map) return convertEntries([...value], depth + 1);
  if (typeof value === 'object' && isPlain(value)) return convertEntries(Object.entries(value), depth + 1);
  return fail('The result holds a function or an object of a class, which is no JSON value.');
};

// `fromEntries` defines own properties, so a key "__proto__" stays plain data.
const convertEntries = (entries: readonly (readonly [unknown, unknown])[], depth: number): JsonObject =>
  Object.fromEntries(entries.map(([key, value]) => [String(key), convert(value, depth)]));
