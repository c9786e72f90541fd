import type { PatchOperation } from '@fk-workflow/core/protocol';

/** What a patch gives: the new value, or that it does not fit (a failed `test`, a missing or forbidden path). */
export type PatchResult = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/**
 * Applies an RFC 6902 patch to a JSON value without changing it; all operations or none.
 *
 * @example
 * applyPatch({ revision: 1 }, [{ op: 'test', path: '/revision', value: 1 }, { op: 'replace', path: '/revision', value: 2 }])
 * // { ok: true, value: { revision: 2 } }
 */
export const applyPatch = (document: unknown, patch: readonly PatchOperation[]): PatchResult => {
  let value = document;
  for (const operation of patch) {
    const next = applyOne(value, operation);
    if (!next.ok) return next;
    value = next.value;
  }
  return { ok: true, value };
};

const failed: PatchResult = { ok: false };

const applyOne = (document: unknown, operation: PatchOperation): PatchResult => {
  const path = pointer(operation.path);
  if (!path) return failed;
  switch (operation.op) {
    case 'test': {
      const found = read(document, path);
      return found.ok && sameJson(found.value, operation.value) ? { ok: true, value: document } : failed;
    }
    case 'add':
    case 'replace':
    case 'remove':
      return write(document, path, operation.op, operation.value);
    case 'move':
    case 'copy': {
      const from = pointer(operation.from ?? '');
      const found = from ? read(document, from) : failed;
      if (!from || !found.ok) return failed;
      const base = operation.op === 'move' ? write(document, from, 'remove') : { ok: true, value: document };
      return base.ok ? write(base.value, path, 'add', found.value) : failed;
    }
    default:
      return failed;
  }
};

/** The keys of a JSON Pointer; undefined when it is none or names a prototype. */
const pointer = (path: string): readonly string[] | undefined => {
  if (path === '') return [];
  if (!path.startsWith('/')) return undefined;
  const keys = path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.some((key) => key === '__proto__' || key === 'constructor' || key === 'prototype')
    ? undefined
    : keys;
};

const read = (value: unknown, path: readonly string[]): PatchResult => {
  const [key, ...rest] = path;
  if (key === undefined) return { ok: true, value };
  if (Array.isArray(value)) {
    const index = indexOf(key, value.length - 1);
    return index === undefined ? failed : read(value[index], rest);
  }
  return isObject(value) && Object.hasOwn(value, key) ? read(value[key], rest) : failed;
};

const write = (
  target: unknown,
  path: readonly string[],
  op: 'add' | 'replace' | 'remove',
  value?: unknown,
): PatchResult => {
  const [key, ...rest] = path;
  if (key === undefined) return op === 'remove' ? { ok: true, value: null } : { ok: true, value };
  const child = (): PatchResult => {
    const found = read(target, [key]);
    return found.ok ? write(found.value, rest, op, value) : failed;
  };
  if (Array.isArray(target)) {
    if (rest.length === 0 && op === 'add') {
      const index = key === '-' ? target.length : indexOf(key, target.length);
      return index === undefined ? failed : { ok: true, value: target.toSpliced(index, 0, value) };
    }
    const index = indexOf(key, target.length - 1);
    if (index === undefined) return failed;
    if (rest.length === 0 && op === 'remove') return { ok: true, value: target.toSpliced(index, 1) };
    const next = rest.length === 0 ? { ok: true as const, value } : child();
    return next.ok ? { ok: true, value: target.with(index, next.value) } : failed;
  }
  if (!isObject(target)) return failed;
  if (rest.length > 0) {
    const next = child();
    return next.ok ? { ok: true, value: { ...target, [key]: next.value } } : failed;
  }
  if (op !== 'add' && !Object.hasOwn(target, key)) return failed;
  if (op !== 'remove') return { ok: true, value: { ...target, [key]: value } };
  const { [key]: _, ...others } = target;
  return { ok: true, value: others };
};

const indexOf = (key: string, max: number): number | undefined =>
  /^(0|[1-9]\d{0,8})$/.test(key) && Number(key) <= max ? Number(key) : undefined;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two JSON values are equal; the order of keys does not count. */
export const sameJson = (a: unknown, b: unknown): boolean => {
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isObject(a)) return a === b;
  if (!isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
};
