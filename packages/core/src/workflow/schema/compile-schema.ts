/** The only file that knows the JSON Schema library. */
import { format as formats, type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { isRecord, type Json, type JsonSchema } from '../../json.js';
import { safeTextLength } from './pattern-cost.js';
import { subSchemas } from './sub-schemas.js';

/** Where a value does not fit, by JSON Pointer. */
export interface Misfit {
  readonly path: string;
  readonly keyword: string;
  /** What the library says. */
  readonly text: string;
}

/** Text longer than this is not matched with a format. */
const longestFormatted = 10_000;

/** Lists longer than this are not compared item by item with themselves. */
const longestUnique = 2000;

/** From this many values on only the first misfit of an object or list is looked for. */
const manyValues = 10_000;

/** A schema ready to check values; throws what the library throws for a schema it cannot follow. */
type CompiledSchema = (value: Json, values: number) => readonly Misfit[];

const cache = new WeakMap<JsonSchema, CompiledSchema>();

/** Prepares a schema. Prepared once an object: schemas are never changed in place. */
export const compileSchema = (schema: JsonSchema): CompiledSchema => {
  const known = cache.get(schema);
  if (known) return known;
  // The library marks the schemas it reads, so it gets a copy of its own.
  const guarded = guard(schema);
  const compiled: CompiledSchema = (value, values) => {
    const { errors } = new Validator(guarded, '2020-12', values > manyValues).validate(value);
    return toMisfits(errors);
  };
  cache.set(schema, compiled);
  return compiled;
};

/** A copy in which no check takes more than a bounded time. */
const guard = (schema: JsonSchema): Schema => {
  const copy: Record<string, unknown> = { ...schema };
  for (const { keyword, key, value } of subSchemas(schema)) {
    const inner = isRecord(value) ? guard(value) : value;
    if (key === undefined) copy[keyword] = inner;
    else if (typeof key === 'number') copy[keyword] = replaceAt(copy[keyword], key, inner);
    else copy[keyword] = { ...(isRecord(copy[keyword]) ? copy[keyword] : {}), [key]: inner };
  }
  const guards: Schema[] = [];
  const onlyWhen = (condition: Schema, then: Schema): void => {
    guards.push({ if: condition, then, else: { not: {} } });
  };
  const { pattern, format } = schema;
  // "url" is no format of the draft, and the library's expression for it can take for ever.
  const known = format === 'url' ? 'uri' : format;
  if (typeof known === 'string' && Object.hasOwn(formats, known)) {
    onlyWhen({ maxLength: longestFormatted }, { format: known });
  } else if (typeof pattern === 'string') {
    const length = safeTextLength(pattern);
    if (length !== undefined) onlyWhen({ maxLength: length }, { pattern });
  }
  if (schema.uniqueItems === true) onlyWhen({ maxItems: longestUnique }, { uniqueItems: true });
  delete copy.pattern;
  delete copy.format;
  delete copy.uniqueItems;
  return guards.length === 0
    ? copy
    : { ...copy, allOf: [...(Array.isArray(copy.allOf) ? copy.allOf : []), ...guards] };
};

const replaceAt = (list: unknown, index: number, item: unknown): unknown[] =>
  Array.isArray(list) ? list.with(index, item) : [];

/** Keywords that only say that something inside does not fit, which has a misfit of its own. */
const containers: ReadonlySet<string> = new Set(
  (
    '$ref $recursiveRef allOf properties patternProperties additionalProperties unevaluatedProperties ' +
    'items prefixItems additionalItems unevaluatedItems dependentSchemas dependencies if then else propertyNames'
  ).split(' '),
);

/** Keywords whose alternatives each say why they do not fit, which tells people nothing. */
const choices: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'not', 'contains']);

const toMisfits = (errors: readonly OutputUnit[]): Misfit[] => {
  const misfits: Misfit[] = [];
  let choice: string | undefined;
  for (const { keyword, keywordLocation, instanceLocation, error } of errors) {
    if (choice !== undefined && keywordLocation.startsWith(choice)) continue;
    choice = choices.has(keyword) ? `${keywordLocation}/` : undefined;
    if (containers.has(keyword)) continue;
    const tooLong = keywordLocation.endsWith('/else/not');
    misfits.push({
      path: decodeURIComponent(instanceLocation.slice(1)),
      keyword: tooLong ? 'tooLong' : keyword,
      text: error,
    });
  }
  return misfits;
};
