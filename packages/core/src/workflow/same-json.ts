import { isRecord } from '../json.js';

/** Whether two JSON values are equal. The order of keys does not count; an undefined field counts as absent. */
export const sameJson = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return a === b;
  const keys = definedKeys(a);
  return (
    keys.length === definedKeys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
};

const definedKeys = (value: Record<string, unknown>): readonly string[] =>
  Object.keys(value).filter((key) => value[key] !== undefined);
