/** Questions to a JSON Schema: which kinds of value it allows and what its fields are. `$ref` is not followed: it is unknown. */
import { isRecord, type JsonSchema } from '../json.js';
import { kindSchemas } from './kind-schemas.js';
import { nearestName } from './nearest-name.js';
import type { Kind } from './values.js';

/** What a schema says about one of its fields. */
export type SchemaMember =
  /** `schema` undefined: nothing is known, then `optional` is false. `optional`: the field may be absent. */
  | { readonly schema: JsonSchema | undefined; readonly optional: boolean }
  | { readonly missing: true; readonly suggestion: string | undefined; readonly known: readonly string[] };

const kindsByType: ReadonlyMap<unknown, Kind> = new Map<unknown, Kind>([
  ['null', 'null'],
  ['boolean', 'boolean'],
  ['number', 'number'],
  ['integer', 'number'],
  ['string', 'string'],
  ['array', 'array'],
  ['object', 'object'],
]);

/** Alternatives and constants of one schema that are looked at: of a larger one nothing is known, so that many questions stay cheap. */
const mostAlternatives = 100;
const mostConstants = 1000;

/** The schemas a value may satisfy: `anyOf`, `oneOf`, type lists and `nullable` taken apart. Undefined when nothing is known. */
export const alternatives = (schema: JsonSchema | undefined): readonly JsonSchema[] | undefined => {
  if (!schema || '$ref' in schema || '$dynamicRef' in schema) return undefined;
  const { anyOf, oneOf, allOf, type } = schema;
  const union = anyOf ?? oneOf;
  if (Array.isArray(union)) {
    if (union.length > mostAlternatives) return undefined;
    const parts = union.map((part) => (isRecord(part) ? alternatives(part) : undefined));
    const all = parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    return all && all.length <= mostAlternatives ? all : undefined;
  }
  if (Array.isArray(allOf)) return mergeAll(schema, allOf);
  if (Array.isArray(type)) return type.map((single) => ({ ...schema, type: single }));
  return schema.nullable === true ? [{ ...schema, nullable: false }, kindSchemas.null] : [schema];
};

/** Of schemas that were merged; they are never changed in place. */
const merged = new WeakMap<JsonSchema, { readonly all: readonly JsonSchema[] | undefined }>();

/** `allOf` of plain objects is one object; of anything else nothing is known. */
const mergeAll = (schema: JsonSchema, parts: readonly unknown[]): readonly JsonSchema[] | undefined => {
  const known = merged.get(schema);
  if (known) return known.all;
  const all = mergeObjects(schema, parts);
  merged.set(schema, { all });
  return all;
};

const mergeObjects = (schema: JsonSchema, parts: readonly unknown[]): readonly JsonSchema[] | undefined => {
  const { allOf: _, ...own } = schema;
  const all = [own, ...parts].filter((part) => isRecord(part) && Object.keys(part).length > 0);
  const plain = all.every((part) => isRecord(part) && (part.type === 'object' || 'properties' in part));
  if (!plain) return undefined;
  const records = all.filter(isRecord);
  return [
    {
      type: 'object',
      properties: Object.assign({}, ...records.map(({ properties }) => properties)),
      required: records.flatMap(({ required }) => (Array.isArray(required) ? required : [])),
      ...(records.some(({ additionalProperties }) => additionalProperties === true)
        ? { additionalProperties: true }
        : {}),
    },
  ];
};

/** The kinds of value a schema allows; undefined when nothing is known. */
export const schemaKinds = (schema: JsonSchema | undefined): ReadonlySet<Kind> | undefined => {
  if (schema === kindSchemas.timestamp) return new Set(['timestamp']);
  if (schema === kindSchemas.duration) return new Set(['duration']);
  const parts = alternatives(schema);
  if (!parts) return undefined;
  const kinds = new Set<Kind>();
  for (const part of parts) {
    const own = ownKinds(part);
    if (!own) return undefined;
    for (const kind of own) kinds.add(kind);
  }
  return kinds;
};

const ownKinds = (schema: JsonSchema): readonly Kind[] | undefined => {
  const kind = kindsByType.get(schema.type);
  if (kind) return [kind];
  const values = constantValues(schema);
  if (values) return values.map(kindOfJson);
  if (isRecord(schema.properties)) return ['object'];
  return undefined;
};

const kindOfJson = (value: unknown): Kind => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return kindsByType.get(typeof value) ?? 'object';
};

/** The only values a schema without alternatives allows (`const`, `enum`). */
const constantValues = (schema: JsonSchema): readonly unknown[] | undefined => {
  if ('const' in schema) return [schema.const];
  return Array.isArray(schema.enum) && schema.enum.length <= mostConstants ? schema.enum : undefined;
};

/** The only values a schema allows, over all its alternatives; undefined when it allows others too. */
export const enumValues = (schema: JsonSchema | undefined): readonly unknown[] | undefined => {
  const parts = alternatives(schema);
  if (!parts) return undefined;
  const values: unknown[] = [];
  for (const part of parts) {
    const own = part.type === 'null' ? [null] : constantValues(part);
    if (!own) return undefined;
    values.push(...own);
  }
  return values;
};

/** What a schema says about the field `key` (an object's) or the item `key` (a list's). A field of null reads as null. */
export const memberSchema = (schema: JsonSchema | undefined, key: string | number): SchemaMember => {
  const unknown: SchemaMember = { schema: undefined, optional: false };
  const parts = alternatives(schema);
  if (!parts) return unknown;
  const containers = parts.filter((part) => ownKinds(part)?.[0] !== 'null');
  const nullable = containers.length < parts.length;
  if (containers.length === 0) return { schema: kindSchemas.null, optional: true };
  const members = containers.map((part) =>
    typeof key === 'number' ? itemOf(part, key) : fieldOf(part, key),
  );
  const found = members.filter((member) => 'schema' in member);
  const [first] = members;
  if (found.length === 0 && first && 'missing' in first) {
    const known = members.flatMap((member) => ('missing' in member ? member.known : []));
    return { missing: true, known, suggestion: nearestName(String(key), known) };
  }
  if (found.some((member) => member.schema === undefined)) return unknown;
  const schemas = found.flatMap((member) => (member.schema ? [member.schema] : []));
  return {
    schema: unionOf(schemas),
    optional: nullable || found.length < members.length || found.some(({ optional }) => optional),
  };
};

/** The schema of a list's items, over all alternatives; undefined when nothing is known. */
export const itemSchema = (schema: JsonSchema | undefined): JsonSchema | undefined => {
  const lists = alternatives(schema)?.filter((part) => ownKinds(part)?.[0] === 'array') ?? [];
  const items = lists.map(({ items: item }) => (isRecord(item) ? item : {}));
  return items.length > 0 && items.every((item) => Object.keys(item).length > 0) ? unionOf(items) : undefined;
};

/** The schema without its alternative null. */
export const withoutNull = (schema: JsonSchema | undefined): JsonSchema | undefined => {
  const parts = alternatives(schema);
  const rest = parts?.filter((part) => part.type !== 'null');
  return !parts || !rest || rest.length === parts.length ? schema : unionOf(rest);
};

/** The union of schemas; of one, itself. */
export const unionOf = (schemas: readonly JsonSchema[]): JsonSchema | undefined => {
  if (schemas.length <= 1) return schemas[0];
  const different = schemas.filter(
    (schema, index) =>
      schemas.findIndex((other) => JSON.stringify(other) === JSON.stringify(schema)) === index,
  );
  return different.length > 1 ? { anyOf: different } : different[0];
};

const fieldOf = (schema: JsonSchema, key: string): SchemaMember => {
  const kinds = ownKinds(schema);
  if (!kinds) return { schema: undefined, optional: false };
  if (kinds[0] !== 'object') return { missing: true, suggestion: undefined, known: [] };
  const properties = isRecord(schema.properties) ? schema.properties : undefined;
  if (properties && Object.hasOwn(properties, key)) {
    const field = properties[key];
    const required = Array.isArray(schema.required) && schema.required.includes(key);
    const defaulted = isRecord(field) && 'default' in field;
    return { schema: isRecord(field) ? field : undefined, optional: !required && !defaulted };
  }
  const rest = schema.additionalProperties;
  if (isRecord(rest) && Object.keys(rest).length > 0) return { schema: rest, optional: true };
  const open = rest === true || isRecord(rest) || schema.patternProperties !== undefined;
  if (open || (!properties && rest !== false)) return { schema: undefined, optional: false };
  return { missing: true, suggestion: undefined, known: Object.keys(properties ?? {}) };
};

const itemOf = (schema: JsonSchema, index: number): SchemaMember => {
  const kinds = ownKinds(schema);
  if (!kinds) return { schema: undefined, optional: false };
  if (kinds[0] !== 'array') return { missing: true, suggestion: undefined, known: [] };
  const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const item: unknown = index < prefix.length ? prefix[index] : schema.items;
  const certain = typeof schema.minItems === 'number' && index < schema.minItems;
  return { schema: isRecord(item) && Object.keys(item).length > 0 ? item : undefined, optional: !certain };
};
