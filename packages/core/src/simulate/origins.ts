import { memberSchema } from '../expressions/schema-walk.js';
import type { Json, JsonSchema } from '../json.js';
import type { Pointer } from './assumptions.js';

/** Where in which sample a value stands. */
export interface Leaf {
  /** Run path of the step whose answer the sample is; empty: the run's input. */
  readonly origin: string;
  readonly pointer: Pointer;
  /** Of the whole sample. Undefined: nothing is known. */
  readonly schema: JsonSchema | undefined;
}

/** Tells samples from values that are known, by the identity of their objects and lists, which the interpreter hands on as they are. */
export interface Origins {
  /** Makes a sample known as one. */
  add(sample: Json, origin: string, schema: JsonSchema | undefined): void;
  /** Where in a sample the value at a path of the scope stands; undefined when the path leads through none. */
  leafAt(scope: object, path: Pointer): Leaf | undefined;
}

/** Makes {@link Origins}. */
export const createOrigins = (): Origins => {
  const known = new WeakMap<object, Leaf>();

  const add = (value: Json, leaf: Leaf): void => {
    if (typeof value !== 'object' || value === null) return;
    known.set(value, leaf);
    const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [key, item] of entries) add(item, below(leaf, key));
  };

  return {
    add: (sample, origin, schema) => add(sample, { origin, pointer: [], schema }),
    leafAt(scope, path) {
      let value: unknown = scope;
      let leaf: Leaf | undefined;
      for (const key of path) {
        if (typeof value !== 'object' || value === null) value = undefined;
        else value = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
        const own = typeof value === 'object' && value !== null ? known.get(value) : undefined;
        leaf = own ?? (leaf && below(leaf, key));
      }
      return leaf;
    },
  };
};

const below = (leaf: Leaf, key: string | number): Leaf => ({ ...leaf, pointer: [...leaf.pointer, key] });

/** What the schema of its sample says of a leaf. Undefined: nothing is known. */
export const schemaOf = ({ schema, pointer }: Leaf): JsonSchema | undefined => {
  let known = schema;
  for (const key of pointer) {
    const member = memberSchema(known, key);
    known = 'schema' in member ? member.schema : undefined;
  }
  return known;
};
