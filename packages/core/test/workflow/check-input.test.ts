import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonSchema } from '../../src/json.js';
import { checkInput } from '../../src/workflow/check-input.js';

const schema: JsonSchema = {
  type: 'object',
  required: ['email'],
  additionalProperties: false,
  properties: {
    email: { type: 'string', format: 'email' },
    when: { type: 'string', format: 'date-time' },
    day: { type: 'string', format: 'date' },
    link: { type: 'string', format: 'uri' },
    level: { type: 'integer', minimum: 1, maximum: 3, default: 1 },
    mode: { enum: ['fast', 'slow'] },
    code: { type: 'string', pattern: '^[A-Z]{2}-\\d+$' },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 2 },
    filter: { type: 'object', properties: { depth: { type: 'number', default: 5 } }, required: ['lane'] },
    either: { anyOf: [{ type: 'string' }, { type: 'number' }] },
    'odd~na/me': { type: 'string' },
  },
};

const found = (value: Json, of: JsonSchema = schema) =>
  checkInput(of, value).problems.map(({ code, path, message }) => `${code} ${path}: ${message}`);
const valid = { email: 'dock@kiel.example' };

describe('what does not fit', () => {
  test.each<[string, Json, string]>([
    ['no object', 'x', 'invalid_input : The input must be an object, not text.'],
    ['a missing field', {}, 'missing_input /email: "email" is required.'],
    ['a field nobody knows', { ...valid, colour: 1 }, 'unknown_input /colour: "colour" is not known here.'],
    ['no mail address', { email: 'nobody' }, 'invalid_input /email: "email" must be an email address.'],
    [
      'a time without offset',
      { ...valid, when: '2030-01-31T08:00:00' },
      'invalid_input /when: "when" must be a date and time such as 2030-01-31T08:00:00Z.',
    ],
    [
      'a day that is none',
      { ...valid, day: '2030-02-30' },
      'invalid_input /day: "day" must be a date such as 2030-01-31.',
    ],
    [
      'no address',
      { ...valid, link: 'kiel' },
      'invalid_input /link: "link" must be a web address such as https://example.com.',
    ],
    [
      'a fraction',
      { ...valid, level: 1.5 },
      'invalid_input /level: "level" must be a whole number, not a number.',
    ],
    ['too much', { ...valid, level: 4 }, 'invalid_input /level: "level" does not fit: 4 is greater than 3.'],
    [
      'another value',
      { ...valid, mode: 'warp' },
      'invalid_input /mode: "mode" must be one of "fast","slow".',
    ],
    [
      'another form',
      { ...valid, code: 'x' },
      'invalid_input /code: "code" does not have the form that is wanted.',
    ],
    ['an item', { ...valid, tags: [1] }, 'invalid_input /tags/0: "tags.0" must be text, not a number.'],
    ['a field inside', { ...valid, filter: {} }, 'missing_input /filter/lane: "filter.lane" is required.'],
    [
      'none of the forms',
      { ...valid, either: true },
      'invalid_input /either: "either" fits none of the allowed forms.',
    ],
    [
      'an odd name',
      { ...valid, 'odd~na/me': 1 },
      'invalid_input /odd~0na~1me: "odd~na/me" must be text, not a number.',
    ],
  ])('%s is said where it stands', (_, value, problem) => {
    expect(found(value)).toEqual([problem]);
  });

  test('every field gets its problem, below the given root', () => {
    const { problems } = checkInput(schema, { email: 1, mode: 2 }, '/steps/0/input');
    expect(problems.map(({ path }) => path)).toEqual(['/steps/0/input/email', '/steps/0/input/mode']);
  });
});

test('defaults are filled in, also inside objects that are there', () => {
  expect(checkInput(schema, { ...valid, filter: { lane: 'A' } })).toEqual({
    value: { ...valid, level: 1, filter: { lane: 'A', depth: 5 } },
    problems: [],
  });
});

test('defaults reach through references and lists', () => {
  const of = {
    $defs: { stop: { properties: { dwell: { default: 30 } } } },
    properties: { stops: { items: { $ref: '#/$defs/stop' } } },
  };
  expect(checkInput(of, { stops: [{}, { dwell: 5 }] }).value).toEqual({
    stops: [{ dwell: 30 }, { dwell: 5 }],
  });
});

test('the schema is left as it was', () => {
  const frozen = Object.freeze({
    type: 'object',
    properties: Object.freeze({ a: Object.freeze({ type: 'string' }) }),
  });
  expect(checkInput(frozen, { a: 'x' }).problems).toEqual([]);
});

test('without a schema anything fits', () => {
  expect(checkInput(undefined, [1])).toEqual({ value: [1], problems: [] });
});

describe('schemas that cannot be used', () => {
  test.each<[string, JsonSchema]>([
    ['an unknown type', { type: 'text' }],
    ['a broken pattern', { pattern: '(' }],
    ['a costly pattern', { properties: { a: { pattern: '^(a|a)*$' } } }],
    ['properties that are a list', { properties: [] }],
    ['a schema that is text', { properties: { a: 'string' } }],
    ['a reference to nowhere', { $ref: '#/nowhere' }],
    ['a reference elsewhere', { $ref: 'https://example.com/schema' }],
    ['a reference to itself', { $defs: { a: { allOf: [{ $ref: '#/$defs/a' }] } }, $ref: '#/$defs/a' }],
  ])('%s is a problem, not an error', (_, of) => {
    const codes = checkInput(of, { a: 'x' }).problems.map(({ code }) => code);
    expect(codes).toContain('invalid_schema');
  });
});

describe('nothing takes long', () => {
  test('text is matched only as far as that is cheap', () => {
    const of = { properties: { a: { pattern: '^a*a*a*b$' } } };
    expect(found({ a: 'aab' }, of)).toEqual([]);
    expect(found({ a: 'a'.repeat(100_000) }, of)).toEqual([
      'invalid_input /a: "a" is too long to be checked.',
    ]);
  });

  test('a pattern beside a known format is not needed', () => {
    const of = { properties: { a: { format: 'email', pattern: '^([a-z]+)+@.*$' } } };
    expect(found({ a: `${'a'.repeat(60)}!` }, of)).toEqual([
      'invalid_input /a: "a" must be an email address.',
    ]);
  });

  test('deep and large inputs are answered', () => {
    let deep: Json = 1;
    for (let level = 0; level < 10_000; level++) deep = [deep];
    expect(found(deep, {})[0]).toContain('nested deeper than 100');
    const of = { properties: { list: { uniqueItems: true, items: { type: 'string' } } } };
    expect(found({ list: Array.from({ length: 200_000 }, (_, n) => n) }, of).length).toBeGreaterThan(0);
  });
});

test('it never throws, whatever the schema', () => {
  const keywords = fc.constantFrom(
    'type',
    'properties',
    'items',
    'required',
    'enum',
    '$ref',
    'pattern',
    'format',
    'anyOf',
    'default',
    '$id',
    'if',
  );
  const wild = fc.dictionary(keywords, fc.oneof(fc.jsonValue(), fc.dictionary(keywords, fc.jsonValue())));
  fc.assert(
    fc.property(wild, fc.jsonValue(), (of, value) => {
      expect(Array.isArray(checkInput(of, value as Json).problems)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
