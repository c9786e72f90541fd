import { isRecord, type Json, type JsonSchema } from '../json.js';
import { dereference } from '../workflow/schema/sub-schemas.js';

/** Items of a list in a sample, so that loops over it are short. */
const mostItems = 3;
/** Objects and lists inside one another. */
const deepest = 8;
/** Values of a sample. */
const mostValues = 1000;

/**
 * A value that a schema describes, the same every time: its `const`, `default`, first of `examples` or `enum`, else one of its
 * type with every field that has a name. Null where the schema says nothing.
 */
export const sampleOf = (schema: JsonSchema): Json => {
  let left = mostValues;

  const make = (part: unknown, depth: number): Json => {
    const known = dereference(part, schema);
    left -= 1;
    if (!known || depth > deepest || left < 0) return null;
    const given = givenValue(known);
    if (given !== undefined) return given;
    const { anyOf, oneOf, allOf } = known;
    const union = anyOf ?? oneOf;
    if (Array.isArray(union)) return make(firstThatIsSomething(union), depth);
    if (Array.isArray(allOf)) return mergeAll(known, allOf, depth);
    return ofType(known, depth);
  };

  /** Of the objects in `allOf`, the fields of all. */
  const mergeAll = (own: JsonSchema, parts: readonly unknown[], depth: number): Json => {
    const values = [{ ...own, allOf: undefined }, ...parts].map((part) => make(part, depth + 1));
    const objects = values.filter(isRecord);
    return objects.length > 0
      ? Object.assign({}, ...objects)
      : (values.find((value) => value !== null) ?? null);
  };

  const ofType = (known: JsonSchema, depth: number): Json => {
    switch (typeOf(known)) {
      case 'boolean':
        return true;
      case 'integer':
      case 'number':
        return numberOf(known);
      case 'string':
        return textOf(known);
      case 'array': {
        const { items, minItems } = known;
        const count = Math.min(mostItems, Math.max(1, typeof minItems === 'number' ? minItems : 1));
        return isRecord(items) ? Array.from({ length: count }, () => make(items, depth + 1)) : [];
      }
      case 'object':
        return Object.fromEntries(
          Object.entries(isRecord(known.properties) ? known.properties : {})
            .filter(([name]) => name !== '__proto__')
            .map(([name, field]) => [name, make(field, depth + 1)]),
        );
      default:
        return null;
    }
  };

  return make(schema, 0);
};

/** A copy of a catalog's example; of a list, the first {@link mostItems} items. */
export const sampleFrom = (example: Json): Json => {
  if (typeof example !== 'object' || example === null) return example;
  if (isRecord(example)) {
    return Object.fromEntries(Object.entries(example).map(([key, item]) => [key, sampleFrom(item)]));
  }
  return example.slice(0, mostItems).map(sampleFrom);
};

/** Schemas are JSON, so what they give is. */
const givenValue = (schema: JsonSchema): Json | undefined => {
  const { examples, enum: values } = schema;
  const given = [
    schema.const,
    schema.default,
    ...(Array.isArray(examples) ? examples.slice(0, 1) : []),
    ...(Array.isArray(values) ? values.slice(0, 1) : []),
  ].find((value) => value !== undefined);
  return given === undefined ? undefined : sampleFrom(given as Json);
};

const firstThatIsSomething = (union: readonly unknown[]): unknown =>
  union.find((part) => isRecord(part) && part.type !== 'null') ?? union[0];

const typeOf = ({ type, properties, items }: JsonSchema): unknown => {
  if (Array.isArray(type)) return type.find((one) => one !== 'null');
  return type ?? (properties ? 'object' : items ? 'array' : undefined);
};

const numberOf = ({ minimum, exclusiveMinimum, maximum }: JsonSchema): number => {
  if (typeof minimum === 'number') return minimum;
  if (typeof exclusiveMinimum === 'number') return exclusiveMinimum + 1;
  return typeof maximum === 'number' ? Math.min(1, maximum) : 1;
};

const texts: ReadonlyMap<unknown, string> = new Map([
  ['email', 'someone@example.com'],
  ['date-time', '2030-01-01T00:00:00Z'],
  ['date', '2030-01-01'],
  ['time', '00:00:00Z'],
  ['duration', 'PT1H'],
  ['uri', 'https://example.com/'],
  ['url', 'https://example.com/'],
  ['uuid', '00000000-0000-4000-8000-000000000000'],
  ['hostname', 'example.com'],
  ['ipv4', '192.0.2.1'],
]);

const textOf = ({ format, minLength, maxLength }: JsonSchema): string => {
  const text = texts.get(format) ?? 'text';
  const padded = text.padEnd(typeof minLength === 'number' ? Math.min(minLength, mostValues) : 0, 'x');
  return typeof maxLength === 'number' ? padded.slice(0, maxLength) : padded;
};
