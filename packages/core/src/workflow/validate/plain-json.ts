import type { Json } from '../../json.js';
import { pointer } from '../json-pointer.js';
import { definitionLimits } from '../limits.js';
import { ownCopy, templatesIn } from './own-copies.js';
import type { ProblemList } from './problem-list.js';

/** Keys that could reach a prototype. They are refused everywhere. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

interface Pending {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
  readonly put: (copy: Json) => void;
}

/**
 * Copies a value that should be JSON, in bounded time and without recursion; undefined when it is none.
 * A property that is `undefined` counts as absent, as in `JSON.stringify`. Never throws.
 */
export const copyJson = (value: unknown, problems: ProblemList, mostTemplates: number): Json | undefined => {
  try {
    return copy(value, problems, mostTemplates);
  } catch (error) {
    // Only a getter or a proxy throws when it is read.
    const reason = error instanceof Error ? error.message : String(error);
    problems.add(problem('not_json', '', `The definition cannot be read as JSON: ${reason}`));
    return undefined;
  }
};

const copy = (root: unknown, problems: ProblemList, mostTemplates: number): Json | undefined => {
  let result: Json | undefined;
  let sound = true;
  let count = 0;
  let templates = 0;
  const fail = (code: string, path: string, message: string): void => {
    sound = false;
    problems.add(problem(code, path, message));
  };
  const pending: Pending[] = [
    {
      value: root,
      path: '',
      depth: 0,
      put: (done) => {
        result = done;
      },
    },
  ];
  for (let next = pending.pop(); next && !problems.full(); next = pending.pop()) {
    const { value, path, depth, put } = next;
    count += 1;
    if (count > definitionLimits.jsonValues) {
      fail('too_large', '', `The definition has more than ${definitionLimits.jsonValues} values.`);
      return undefined;
    }
    if (templates > mostTemplates) {
      const message = `The definition has more than ${mostTemplates} templates: do the work of some in an action, or in a workflow of its own.`;
      fail('too_large', '', message);
      return undefined;
    }
    if (value === null || typeof value === 'boolean') put(value);
    else if (typeof value === 'number') {
      if (Number.isFinite(value)) put(value);
      else fail('not_json', path, `${value} is not a number JSON can hold.`);
    } else if (typeof value === 'string') {
      templates += templatesIn(value);
      if (value.length <= definitionLimits.text) put(value);
      else
        fail('too_long', path, `A text may have ${definitionLimits.text} characters, not ${value.length}.`);
    } else if (typeof value !== 'object' || !isPlain(value)) {
      fail('not_json', path, `${nameOf(value)} is not a JSON value.`);
    } else if (depth >= definitionLimits.jsonDepth) {
      fail('too_deep', path, `The definition is nested deeper than ${definitionLimits.jsonDepth} levels.`);
      return undefined;
    } else if (isOwn(value, depth)) {
      const own = ownCopy(value);
      count += (own?.values ?? 1) - 1;
      templates += own?.templates ?? 0;
      put(value);
    } else if (Array.isArray(value)) {
      if (value.length > definitionLimits.jsonValues) {
        fail('too_large', path, `A list may have ${definitionLimits.jsonValues} entries.`);
        return undefined;
      }
      const items: Json[] = [];
      put(items);
      for (let index = value.length - 1; index >= 0; index--) {
        pending.push({
          value: value[index],
          path: pointer(path, index),
          depth: depth + 1,
          put: (done) => {
            items[index] = done;
          },
        });
      }
    } else {
      const fields: { [key: string]: Json } = {};
      put(fields);
      for (const [key, field] of Object.entries(value).reverse()) {
        if (field === undefined) continue;
        if (forbiddenKeys.has(key)) {
          fail('forbidden_key', pointer(path, key), `The key "${key}" is not allowed anywhere.`);
          continue;
        }
        pending.push({
          value: field,
          path: pointer(path, key),
          depth: depth + 1,
          put: (done) => {
            fields[key] = done;
          },
        });
      }
    }
  }
  return sound ? result : undefined;
};

/** A part of an earlier copy, which is JSON; not where it would be nested too deep. */
const isOwn = (value: object, depth: number): value is object & Json => {
  const own = ownCopy(value);
  return own !== undefined && depth + own.depth <= definitionLimits.jsonDepth;
};

const isPlain = (value: object | null): boolean => {
  if (value === null || Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm has a prototype that is not ours but is a root too.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const nameOf = (value: unknown): string => {
  if (typeof value === 'object') return 'An instance of a class';
  return value === undefined ? 'An absent value' : `A ${typeof value}`;
};

const problem = (code: string, path: string, message: string) =>
  ({ code, severity: 'error', path, message }) as const;
