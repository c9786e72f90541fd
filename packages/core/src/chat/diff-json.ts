import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../json.js';
import type { PatchOperation } from '../protocol/turn-events.js';
import { pointer } from '../workflow/json-pointer.js';

/**
 * An RFC 6902 patch from one JSON value to another: members one by one; lists by what differs between their common
 * start and end. Takes time in proportion to the values, unlike a shortest patch, which takes seconds for 500 steps.
 */
export const diffJson = (from: unknown, to: unknown, path = ''): readonly PatchOperation[] => {
  if (isDeepStrictEqual(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to)) return diffLists(from, to, path);
  if (isRecord(from) && isRecord(to)) return diffObjects(from, to, path);
  return [{ op: 'replace', path, value: to }];
};

const diffObjects = (
  from: Record<string, unknown>,
  to: Record<string, unknown>,
  path: string,
): readonly PatchOperation[] => {
  const at = (key: string): string => pointer(path, key);
  return [
    ...Object.keys(from)
      .filter((key) => !Object.hasOwn(to, key))
      .map((key) => ({ op: 'remove', path: at(key) }) as const),
    ...Object.entries(to).flatMap(([key, value]) =>
      Object.hasOwn(from, key)
        ? diffJson(from[key], value, at(key))
        : [{ op: 'add', path: at(key), value } as const],
    ),
  ];
};

const diffLists = (
  from: readonly unknown[],
  to: readonly unknown[],
  path: string,
): readonly PatchOperation[] => {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && isDeepStrictEqual(from[start], to[start])) start++;
  let end = 0;
  while (end < shorter - start && isDeepStrictEqual(from.at(-1 - end), to.at(-1 - end))) end++;

  const [before, after] = [from.slice(start, from.length - end), to.slice(start, to.length - end)];
  const both = Math.min(before.length, after.length);
  return [
    ...after
      .slice(0, both)
      .flatMap((value, index) => diffJson(before[index], value, `${path}/${start + index}`)),
    ...before.slice(both).map(() => ({ op: 'remove', path: `${path}/${start + both}` }) as const),
    ...after
      .slice(both)
      .map((value, index) => ({ op: 'add', path: `${path}/${start + both + index}`, value }) as const),
  ];
};
