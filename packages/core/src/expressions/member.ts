import { fail } from './fail.js';
import { kindOf } from './values.js';

/** Reads a field or an item. What is absent, and every field of null, reads as null; of text or a number it fails. */
export const readMember = (object: unknown, key: unknown): unknown => {
  if (object === null || object === undefined) return null;
  if (Array.isArray(object)) {
    if (typeof key !== 'number') return fail(`A list is read by number, not by ${describeKey(key)}.`);
    return Number.isInteger(key) && key >= 0 ? (object[key] ?? null) : null;
  }
  if (typeof object !== 'object' || kindOf(object) !== 'object') {
    return fail(`It reads ${describeKey(key)} of ${kindOf(object)}, which has no fields.`);
  }
  if (typeof key !== 'string') return fail(`An object is read by name, not by ${describeKey(key)}.`);
  return Object.hasOwn(object, key) ? (Reflect.get(object, key) ?? null) : null;
};

/** Whether an object has a field (null counts) or a list an item. */
export const hasMember = (object: unknown, key: unknown): boolean => {
  if (Array.isArray(object)) return typeof key === 'number' && Number.isInteger(key) && key in object;
  return (
    typeof key === 'string' && typeof object === 'object' && object !== null && Object.hasOwn(object, key)
  );
};

const describeKey = (key: unknown): string =>
  typeof key === 'string' ? `"${key.slice(0, 40)}"` : typeof key === 'number' ? String(key) : kindOf(key);
