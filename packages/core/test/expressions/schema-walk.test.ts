import { describe, expect, test } from 'vitest';
import { enumValues, memberSchema, schemaKinds, withoutNull } from '../../src/expressions/schema-walk.js';
import type { JsonSchema } from '../../src/json.js';

const text = { type: 'string' };
const number = { type: 'number' };

describe('kinds', () => {
  test.each<[JsonSchema, readonly string[] | undefined]>([
    [text, ['string']],
    [{ type: 'integer' }, ['number']],
    [{ type: ['string', 'null'] }, ['string', 'null']],
    [{ type: 'string', nullable: true }, ['string', 'null']],
    [{ anyOf: [text, number] }, ['string', 'number']],
    [{ oneOf: [text, { anyOf: [number, { type: 'null' }] }] }, ['string', 'number', 'null']],
    [{ const: 3 }, ['number']],
    [{ enum: ['a', null, true] }, ['string', 'null', 'boolean']],
    [{ properties: {} }, ['object']],
    [{ allOf: [{ type: 'object', properties: {} }, { properties: {} }] }, ['object']],
    [{}, undefined],
    [{ $ref: '#/$defs/a' }, undefined],
    [{ anyOf: [text, {}] }, undefined],
    [{ allOf: [text, { minLength: 1 }] }, undefined],
  ])('%j', (schema, kinds) => {
    expect(schemaKinds(schema)).toEqual(kinds && new Set(kinds));
  });
});

describe('members', () => {
  test.each<[string, JsonSchema, string | number, unknown]>([
    ['required', { properties: { a: text }, required: ['a'] }, 'a', { schema: text, optional: false }],
    ['optional', { properties: { a: text } }, 'a', { schema: text, optional: true }],
    [
      'defaulted',
      { properties: { a: { ...text, default: '' } } },
      'a',
      { schema: { ...text, default: '' }, optional: false },
    ],
    ['anything goes', { type: 'object' }, 'a', { schema: undefined, optional: false }],
    [
      'closed',
      { type: 'object', additionalProperties: false },
      'a',
      { missing: true, known: [], suggestion: undefined },
    ],
    ['additional', { type: 'object', additionalProperties: text }, 'a', { schema: text, optional: true }],
    [
      'open',
      { properties: { b: text }, additionalProperties: true },
      'a',
      { schema: undefined, optional: false },
    ],
    ['item', { type: 'array', items: text }, 3, { schema: text, optional: true }],
    ['certain item', { type: 'array', items: text, minItems: 4 }, 3, { schema: text, optional: false }],
    ['tuple', { type: 'array', prefixItems: [number], items: text }, 0, { schema: number, optional: true }],
    ['of null', { type: 'null' }, 'a', { schema: { type: 'null' }, optional: true }],
    ['of nothing known', {}, 'a', { schema: undefined, optional: false }],
    ['inherited name', { properties: {} }, 'toString', { missing: true, known: [], suggestion: undefined }],
    [
      'of a nullable object',
      { anyOf: [{ properties: { a: text }, required: ['a'] }, { type: 'null' }] },
      'a',
      { schema: text, optional: true },
    ],
    [
      'in allOf',
      { allOf: [{ properties: { a: text }, required: ['a'] }, { properties: { b: number } }] },
      'a',
      { schema: text, optional: false },
    ],
    [
      'misspelt',
      { properties: { amount: number } },
      'amuont',
      { missing: true, known: ['amount'], suggestion: 'amount' },
    ],
  ])('%s', (_, schema, key, expected) => {
    expect(memberSchema(schema, key)).toEqual(expected);
  });
});

test('enumValues gives the only values, over alternatives', () => {
  expect(enumValues({ anyOf: [{ enum: ['a', 'b'] }, { const: 1 }, { type: 'null' }] })).toEqual([
    'a',
    'b',
    1,
    null,
  ]);
  expect(enumValues({ anyOf: [{ enum: ['a'] }, text] })).toBeUndefined();
});

test('withoutNull leaves what else a value can be', () => {
  expect(withoutNull({ anyOf: [text, { type: 'null' }] })).toEqual(text);
  expect(withoutNull(text)).toBe(text);
});
