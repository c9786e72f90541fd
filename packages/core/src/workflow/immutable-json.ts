import { isRecord } from '../json.js';

/** The tokens of a JSON Pointer (RFC 6901), unescaped; undefined when the text is no pointer. "" is the whole document. */
export const pointerTokens = (pointer: string): readonly string[] | undefined => {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
};

/** Why a change cannot be made, as a sentence. */
export class PointerError extends Error {}

/**
 * A copy of `target` with `change` applied to what the tokens lead to (undefined when it is absent); an undefined result
 * removes it. Only the objects on the way are copied, keys keep their order, missing parents are made as objects.
 * `-` is the end of a list. Throws {@link PointerError}.
 */
export const changeAt = (
  target: unknown,
  [token, ...rest]: readonly string[],
  change: (old: unknown) => unknown,
): unknown => {
  if (token === undefined) return change(target);
  if (token === '__proto__' || token === 'constructor' || token === 'prototype') {
    throw new PointerError(`The name "${token}" is not allowed.`);
  }
  if (Array.isArray(target)) return changeItem(target, token, rest, change);
  if (target !== undefined && !isRecord(target)) {
    throw new PointerError(`"${token}" lies inside a value that has no fields.`);
  }
  const object = target ?? {};
  const old = Object.hasOwn(object, token) ? object[token] : undefined;
  const next = changeAt(old, rest, change);
  if (next === old) return target;
  const { [token]: _, ...others } = object;
  return next === undefined ? others : { ...object, [token]: next };
};

const changeItem = (
  items: readonly unknown[],
  token: string,
  rest: readonly string[],
  change: (old: unknown) => unknown,
): unknown => {
  const index = token === '-' ? items.length : /^(0|[1-9]\d*)$/.test(token) ? Number(token) : Number.NaN;
  if (!(index <= items.length)) {
    throw new PointerError(`"${token}" is no place in a list of ${items.length}.`);
  }
  const next = changeAt(items[index], rest, change);
  if (next === items[index]) return items;
  return next === undefined ? items.toSpliced(index, 1) : items.toSpliced(index, 1, next);
};
