import { isRecord } from '../../json.js';
import { pointer } from '../json-pointer.js';
import { sameJson } from '../same-json.js';

/** A value in the three states; undefined where it is absent. */
export interface Three {
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** Told of a value that both changed differently. */
export type OnConflict = (path: string, ours: unknown, theirs: unknown) => void;

/**
 * Merges a JSON value: what only one side changed is taken from it; objects are merged key by key, unless the sides differ in
 * `kind`; lists are one value, but names that are `required` by a schema are a set. Of a conflict theirs stays.
 */
const mergeJson = ({ base, ours, theirs }: Three, path: string, onConflict: OnConflict): unknown => {
  if (sameJson(ours, theirs) || sameJson(base, ours)) return theirs;
  if (sameJson(base, theirs)) return ours;
  if (isRecord(ours) && isRecord(theirs) && ours.kind === theirs.kind) {
    return mergeObjects({ base: isRecord(base) ? base : {}, ours, theirs }, path, onConflict);
  }
  if (path.startsWith('/inputs/') && path.endsWith('/required')) {
    const [before, first, second] = [base ?? [], ours, theirs].map(textsOf);
    if (before && first && second) return mergeSets(before, first, second);
  }
  onConflict(path, ours, theirs);
  return theirs;
};

const textsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;

const mergeSets = (
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): readonly string[] => {
  const added = [...ours, ...theirs].filter((item) => !base.includes(item));
  return [
    ...base.filter((item) => ours.includes(item) && theirs.includes(item)),
    ...[...new Set(added)].sort(),
  ];
};

/** An object in the three states. */
interface ThreeObjects extends Three {
  readonly base: Readonly<Record<string, unknown>>;
  readonly ours: Readonly<Record<string, unknown>>;
  readonly theirs: Readonly<Record<string, unknown>>;
}

/** {@link mergeJson} for two objects, key by key. */
export const mergeObjects = (
  { base, ours, theirs }: ThreeObjects,
  path: string,
  onConflict: OnConflict,
): Readonly<Record<string, unknown>> => {
  const own = (object: Readonly<Record<string, unknown>>, key: string): unknown =>
    Object.hasOwn(object, key) ? object[key] : undefined;
  const keys = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  // `fromEntries` defines own properties, so a key "__proto__" stays plain data.
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const three = { base: own(base, key), ours: own(ours, key), theirs: own(theirs, key) };
      const value = mergeJson(three, pointer(path, key), onConflict);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
};
