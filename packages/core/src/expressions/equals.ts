import { type Frame, spend } from './frame.js';
import { kindOf, TimeSpan } from './values.js';

/** Deep equality of JSON values, timestamps and durations. Values of different kinds are not equal. */
export const equals = (a: unknown, b: unknown, frame: Frame): boolean => {
  spend(frame, 1);
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return (a ?? null) === (b ?? null);
  }
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof TimeSpan && b instanceof TimeSpan) return a.ms === b.ms;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equals(item, b[index], frame));
  }
  if (kindOf(a) !== 'object' || kindOf(b) !== 'object') return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equals(Reflect.get(a, key), Reflect.get(b, key), frame))
  );
};
