import { WorkflowError } from '../errors.js';
import type { CompiledCondition } from '../expressions/compile.js';
import type { Scope } from '../expressions/frame.js';
import { enumValues, schemaKinds } from '../expressions/schema-walk.js';
import { isRecord, type Json, type JsonSchema } from '../json.js';
import { checkTrusted } from '../workflow/check-input.js';
import type { Assumption, Pointer } from './assumptions.js';
import { literalsOf } from './literals.js';
import { type Leaf, type Origins, schemaOf } from './origins.js';

/** Ways to make a condition come out that are tried. */
const mostWays = 8;
/** Values that are looked at to find them. */
const mostTests = 100;
/** Characters or items of a value made for a condition on its size. */
const longest = 1000;

/** A condition's value; undefined when it fails. */
export const truthOf = (condition: CompiledCondition, scope: Scope): boolean | undefined => {
  try {
    return condition.test(scope);
  } catch (error) {
    if (!WorkflowError.is(error)) throw error;
    return undefined;
  }
};

/** Assumptions about the samples a condition reads, each of which makes it come out as wanted; the likeliest first. */
export const waysTo = (
  wanted: boolean,
  condition: CompiledCondition,
  scope: Scope,
  origins: Origins,
): readonly (readonly Assumption[])[] => {
  const places = placesOf(condition, scope, origins);
  const read = whatIsRead(condition, scope);
  const ways: Assumption[][] = [];
  let tests = 0;
  for (const changes of changesOf(places)) {
    tests += 1;
    if (tests > mostTests || ways.length >= mostWays) break;
    const changed = changes.reduce<Scope>((now, { path, value }) => withValue(now, path, value), read);
    if (truthOf(condition, changed) !== wanted) continue;
    ways.push(changes.map(({ leaf: { origin, pointer }, value }) => ({ origin, pointer, value })));
  }
  return ways;
};

/** The scope with no other steps than those a condition reads, so that changing it is cheap. */
const whatIsRead = ({ references }: CompiledCondition, scope: Scope): Scope => {
  const ids = references.flatMap(({ path: [root, id] }) => (root === 'steps' ? [id] : []));
  const { steps } = scope;
  if (!isRecord(steps) || ids.includes(undefined)) return scope;
  const read = ids.map(String).filter((id) => Object.hasOwn(steps, id));
  return { ...scope, steps: Object.fromEntries(read.map((id) => [id, steps[id]])) };
};

interface Place {
  readonly path: Pointer;
  readonly leaf: Leaf;
  readonly candidates: readonly (Json | undefined)[];
}

interface Change {
  readonly path: Pointer;
  readonly leaf: Leaf;
  readonly value: Json | undefined;
}

const placesOf = (condition: CompiledCondition, scope: Scope, origins: Origins): readonly Place[] => {
  const { references } = condition;
  const literals = literalsOf(references[0]?.template ?? 'null');
  const values = references.map(({ path }) => valueAt(scope, path));
  return references.flatMap(({ path, guarded }, index) => {
    const leaf = origins.leafAt(scope, path);
    if (!leaf || leaf.pointer.length === 0) return [];
    const others = values.filter((value, other) => other !== index && value !== undefined);
    return [
      { path, leaf, candidates: candidatesFor(leaf, values[index], [...literals, ...others], guarded) },
    ];
  });
};

/** One place changed, then two. */
function* changesOf(places: readonly Place[]): Generator<readonly Change[], void, undefined> {
  const singles = places.map(({ path, leaf, candidates }) =>
    candidates.map((value): Change => ({ path, leaf, value })),
  );
  for (const changes of singles) for (const change of changes) yield [change];
  for (const [at, firsts] of singles.entries()) {
    for (const first of firsts) {
      for (const seconds of singles.slice(at + 1)) for (const second of seconds) yield [first, second];
    }
  }
}

/** Values that may decide a condition at a place whose schema takes them. `near`: what it is compared with. */
const candidatesFor = (
  leaf: Leaf,
  current: Json | undefined,
  near: readonly (Json | undefined)[],
  mayBeAbsent: boolean,
): readonly (Json | undefined)[] => {
  const schema = schemaOf(leaf);
  const kinds = schemaKinds(schema);
  const numbers = near.filter((value) => typeof value === 'number');
  const texts = near.filter((value) => typeof value === 'string');
  const sizes = numbers.map((size) => Math.min(longest, Math.max(0, Math.ceil(size) + 1)));
  const item = Array.isArray(current) ? (current[0] ?? null) : null;
  const pool: readonly (Json | undefined)[] = [
    ...(enumValues(schema) ?? []).filter(isScalar),
    true,
    false,
    ...numbers.flatMap((value) => [value, value + 1, value - 1]),
    ...texts,
    ...(kinds?.has('string') ? ['something else', '', ...sizes.map((size) => 'x'.repeat(size))] : []),
    ...(kinds?.has('array') ? [[], ...[1, ...sizes].map((size) => Array<Json>(size).fill(item))] : []),
    null,
  ];
  const fitting = pool.filter((value) => value !== current && fits(schema, value));
  const sameType = fitting.filter((value) => typeof value === typeof current);
  const others = fitting.filter((value) => typeof value !== typeof current);
  return [...sameType, ...others, ...(mayBeAbsent ? [undefined] : [])];
};

const fits = (schema: JsonSchema | undefined, value: Json | undefined): boolean =>
  value === undefined || schema === undefined || checkTrusted(schema, value, '').problems.length === 0;

const isScalar = (value: unknown): value is string | number | boolean | null =>
  value === null || typeof value !== 'object';

/** The value at a path of the scope; undefined when nothing is there. */
export const valueAt = (scope: Scope, path: Pointer): Json | undefined => {
  let value: unknown = scope;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  // What a scope holds is JSON.
  return value as Json | undefined;
};

/** The scope with another value at a path. */
const withValue = (scope: Scope, path: Pointer, value: Json | undefined): Scope => {
  const put = (container: unknown, [key, ...rest]: Pointer): unknown => {
    if (key === undefined) return value;
    if (Array.isArray(container)) {
      return container.map((item, index) => (index === key ? put(item, rest) : item));
    }
    const { [key]: before, ...others } = isRecord(container) ? container : {};
    const next = put(before, rest);
    return next === undefined ? others : { ...others, [key]: next };
  };
  // A path has a name at its start, so what it is put into stays an object.
  return put(scope, path) as Scope;
};
