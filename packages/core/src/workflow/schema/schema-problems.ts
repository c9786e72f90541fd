import { isRecord, type JsonSchema } from '../../json.js';
import { pointer } from '../json-pointer.js';
import type { Problem } from '../problem.js';
import { safeTextLength } from './pattern-cost.js';
import { dereference, schemaLists, schemaMaps, subSchemaPath, subSchemas } from './sub-schemas.js';

const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

const isType = (value: unknown): boolean => typeof value === 'string' && types.includes(value);
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isText = (value: unknown): boolean => typeof value === 'string';
const isTextList = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isPattern = (value: unknown): boolean =>
  typeof value === 'string' && safeTextLength(value) !== undefined;

const patternRule =
  'must be a regular expression without a repetition or choice inside a repetition (matching it could take very long)';

type Rule = readonly [keywords: string, fits: (value: unknown) => boolean, rule: string];

const rules: readonly Rule[] = [
  [
    'type',
    (value) => isType(value) || (Array.isArray(value) && value.every(isType)),
    `must be of ${types.join(', ')}`,
  ],
  ['required', isTextList, 'must be a list of field names'],
  ['enum', (value) => Array.isArray(value) && value.length > 0, 'must be a list of values'],
  ['minimum maximum exclusiveMinimum exclusiveMaximum', isNumber, 'must be a number'],
  ['multipleOf', (value) => isNumber(value) && Number(value) > 0, 'must be a number above 0'],
  [
    'minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains',
    isCount,
    'must be a whole number from 0',
  ],
  ['format title description $comment $id $anchor', isText, 'must be text'],
  ['uniqueItems', (value) => typeof value === 'boolean', 'must be true or false'],
  ['pattern', isPattern, patternRule],
  [schemaLists.join(' '), Array.isArray, 'must be a list of schemas'],
  [schemaMaps.join(' '), isRecord, 'must be an object of schemas'],
];

const ruleOf = new Map(
  rules.flatMap(([keywords, ...rule]) => keywords.split(' ').map((word) => [word, rule])),
);

/** Schemas inside a schema, all in all. */
const mostSchemas = 5000;

/** Schemas inside one another. */
const deepest = 64;

/** The same, with references written out. */
const deepestExpanded = 500;

/**
 * What keeps a JSON Schema (draft 2020-12) from being used, as problems of code `invalid_schema` below `root`.
 * Unknown keywords are annotations, as the draft says. Bounded, never throws.
 */
export const schemaProblems = (schema: unknown, root: string): readonly Problem[] => {
  const problems: Problem[] = [];
  const refuse = (path: string, message: string): void => {
    problems.push({ code: 'invalid_schema', severity: 'error', path, message });
  };
  if (!isRecord(schema)) {
    refuse(root, 'A schema must be an object (JSON Schema).');
    return problems;
  }
  const pending: { readonly value: unknown; readonly path: string; readonly depth: number }[] = [
    { value: schema, path: root, depth: 0 },
  ];
  for (let count = 0, next = pending.pop(); next; count++, next = pending.pop()) {
    const { value, path, depth } = next;
    if (count >= mostSchemas || depth > deepest) {
      refuse(path, `The schema is too large: at most ${mostSchemas} schemas, ${deepest} inside one another.`);
      return problems;
    }
    if (typeof value === 'boolean') continue;
    if (!isRecord(value)) {
      refuse(path, 'A schema must be an object or a boolean.');
      continue;
    }
    checkKeywords(value, path, schema, refuse);
    for (const inner of subSchemas(value)) {
      pending.push({ value: inner.value, path: subSchemaPath(path, inner), depth: depth + 1 });
    }
    if (problems.length >= 20) return problems;
  }
  if (problems.length === 0 && expandedSize(schema) > mostSchemas) {
    refuse(
      root,
      'The schema must not contain itself, nor be that large once its references are written out.',
    );
  }
  return problems;
};

const checkKeywords = (
  schema: Readonly<Record<string, unknown>>,
  path: string,
  root: JsonSchema,
  refuse: (path: string, message: string) => void,
): void => {
  for (const [keyword, value] of Object.entries(schema)) {
    const rule = ruleOf.get(keyword);
    if (!rule) continue;
    const [fits, sentence] = rule;
    // A known format says it all: zod writes a pattern beside it, which is then not used.
    if (keyword === 'pattern' && typeof schema.format === 'string') continue;
    if (!fits(value)) refuse(pointer(path, keyword), `"${keyword}" ${sentence}.`);
  }
  if (isRecord(schema.patternProperties)) {
    for (const pattern of Object.keys(schema.patternProperties)) {
      if (!isPattern(pattern))
        refuse(pointer(pointer(path, 'patternProperties'), pattern), `The pattern ${patternRule}.`);
    }
  }
  if (schema.$ref !== undefined && dereference(schema, root) === undefined) {
    refuse(
      pointer(path, '$ref'),
      'A "$ref" must point to a schema of this document, such as "#/$defs/address".',
    );
  }
};

/**
 * How many schemas a schema is when every `$ref` is written out; infinite when it contains itself.
 * Few lines of references to references can stand for billions.
 */
const expandedSize = (root: JsonSchema): number => {
  const known = new Map<unknown, number>();
  const size = (schema: unknown, depth: number): number => {
    if (!isRecord(schema)) return 1;
    if (depth > deepestExpanded) return Number.POSITIVE_INFINITY;
    const done = known.get(schema);
    if (done !== undefined) return done;
    known.set(schema, Number.POSITIVE_INFINITY);
    let sum = schema.$ref === undefined ? 1 : 1 + size(dereference(schema, root), depth + 1);
    for (const { keyword, value } of subSchemas(schema)) {
      if (keyword !== '$defs' && keyword !== 'definitions') sum += size(value, depth + 1);
    }
    known.set(schema, sum);
    return sum;
  };
  return size(root, 0);
};
