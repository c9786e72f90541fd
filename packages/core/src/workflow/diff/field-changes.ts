import type { Json } from '../../json.js';
import { isRecord } from '../../json.js';
import { pointer } from '../json-pointer.js';
import { sameJson } from '../same-json.js';

/** The `set` and `unset` of an `update`, being made. */
export interface FieldChanges {
  readonly set: Record<string, Json>;
  readonly unset: string[];
}

/** Keys that no JSON Pointer of an edit may name. */
const unnameable: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a difference of the two lies in a field that no JSON Pointer may name. */
export const differsUnnameably = (
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
): boolean =>
  [...unnameable].some(
    (key) =>
      Object.hasOwn(from, key) !== Object.hasOwn(to, key) ||
      (Object.hasOwn(from, key) && !sameJson(from[key], to[key])),
  );

/** Where a set and an unset address the same object: unsets come first, when the entries of a list are still counted as before. */
interface FieldPaths {
  readonly set: string;
  readonly unset: string;
}

/** Adds what changes in an object, key by key. Neither may differ unnameably. */
export const addFieldChanges = (
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
  paths: FieldPaths,
  changes: FieldChanges,
): void => {
  const isIn = (object: Readonly<Record<string, unknown>>, key: string): boolean =>
    Object.hasOwn(object, key) && object[key] !== undefined;
  for (const key of Object.keys(from)) {
    if (isIn(from, key) && !isIn(to, key)) changes.unset.push(pointer(paths.unset, key));
  }
  for (const key of Object.keys(to)) {
    if (!isIn(to, key)) continue;
    const inner = { set: pointer(paths.set, key), unset: pointer(paths.unset, key) };
    if (isIn(from, key)) addValueChanges(from[key], to[key], inner, changes);
    else setValue(inner.set, to[key], changes);
  }
};

const addValueChanges = (from: unknown, to: unknown, paths: FieldPaths, changes: FieldChanges): void => {
  if (sameJson(from, to)) return;
  if (isRecord(from) && isRecord(to) && !differsUnnameably(from, to)) {
    addFieldChanges(from, to, paths, changes);
  } else if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    for (const [index, item] of from.entries()) {
      const inner = { set: pointer(paths.set, index), unset: pointer(paths.unset, index) };
      addValueChanges(item, to[index], inner, changes);
    }
  } else {
    setValue(paths.set, to, changes);
  }
};

const setValue = (path: string, value: unknown, changes: FieldChanges): void => {
  // Edge: a definition is JSON throughout.
  changes.set[path] = value as Json;
};
