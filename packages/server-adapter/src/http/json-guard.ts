import { WorkflowError } from '@fk-workflow/core';

const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** True for the keys that are refused in every body and path: they reach into prototypes when code is careless. */
export const isForbiddenKey = (key: string): boolean => forbiddenKeys.has(key);

interface Place {
  readonly value: object;
  readonly depth: number;
  readonly key: string;
  readonly parent: Place | undefined;
}

/**
 * Refuses JSON that nests deeper than `maxDepth` or has a forbidden key, with the place in the sentence.
 * Walks with its own stack, so that depth cannot overflow ours. Throws `invalid_request`.
 */
export const guardJson = (value: unknown, maxDepth: number): void => {
  if (!isContainer(value)) return;
  const open: Place[] = [{ value, depth: 1, key: '', parent: undefined }];
  for (let place = open.pop(); place; place = open.pop()) {
    if (place.depth > maxDepth) {
      throw refuse('body', `nests deeper than ${maxDepth} levels: send it flatter`);
    }
    const entries: Iterable<[string | number, unknown]> = Array.isArray(place.value)
      ? place.value.entries()
      : Object.entries(place.value);
    for (const [key, child] of entries) {
      if (typeof key === 'string' && isForbiddenKey(key)) {
        throw refuse(pointer(place, key), `has the key "${key}", which is not allowed: give it another name`);
      }
      if (isContainer(child)) {
        open.push({ value: child, depth: place.depth + 1, key: String(key), parent: place });
      }
    }
  }
};

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

const refuse = (field: string, message: string): WorkflowError =>
  new WorkflowError('invalid_request', `The body ${message}.`, { details: { errors: [{ field, message }] } });

const pointer = (place: Place, key: string): string => {
  const keys = [key];
  for (let at: Place | undefined = place; at?.parent; at = at.parent) keys.unshift(at.key);
  return keys.map((part) => `/${part.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
};
