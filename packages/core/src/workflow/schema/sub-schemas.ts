import { isRecord, type JsonSchema } from '../../json.js';
import { pointer } from '../json-pointer.js';

const single = [
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const maps = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

/** A schema inside a schema: under `keyword`, and there under `key` when the keyword holds several. */
interface SubSchema {
  readonly keyword: string;
  readonly key: string | number | undefined;
  readonly value: unknown;
}

/** The schemas directly inside a schema; what stands in their place but is none comes too. */
export function* subSchemas(
  schema: Readonly<Record<string, unknown>>,
): Generator<SubSchema, void, undefined> {
  for (const keyword of single) {
    if (schema[keyword] !== undefined) yield { keyword, key: undefined, value: schema[keyword] };
  }
  for (const keyword of lists) {
    const value = schema[keyword];
    if (Array.isArray(value)) for (const [key, item] of value.entries()) yield { keyword, key, value: item };
  }
  for (const keyword of maps) {
    const value = schema[keyword];
    if (isRecord(value)) for (const [key, item] of Object.entries(value)) yield { keyword, key, value: item };
  }
}

/** The JSON Pointer of a schema inside the schema at `parent`. */
export const subSchemaPath = (parent: string, { keyword, key }: SubSchema): string =>
  key === undefined ? pointer(parent, keyword) : pointer(pointer(parent, keyword), key);

/** Keywords that hold a list of schemas, or schemas by name. */
export const schemaLists: readonly string[] = lists;
export const schemaMaps: readonly string[] = maps;

/**
 * The schema a local `$ref` (`#`, `#/$defs/name`) points to, itself dereferenced; the schema as it is when it has none.
 * Undefined when the reference leads nowhere or in a circle.
 */
export const dereference = (schema: unknown, root: JsonSchema): JsonSchema | undefined => {
  let current = schema;
  for (let hops = 0; hops < 20; hops++) {
    if (!isRecord(current)) return undefined;
    if (typeof current.$ref !== 'string') return current;
    current = at(root, current.$ref);
  }
  return undefined;
};

const at = (root: JsonSchema, ref: string): unknown => {
  if (!/^#(\/|$)/.test(ref)) return undefined;
  let current: unknown = root;
  for (const part of ref.slice(1).split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isRecord(current) && Object.hasOwn(current, key)) current = current[key];
    else if (Array.isArray(current) && Object.hasOwn(current, key)) current = current[Number(key)];
    else return undefined;
  }
  return current;
};
