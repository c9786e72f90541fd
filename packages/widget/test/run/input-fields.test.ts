import { describe, expect, test } from 'vitest';
import { inputFields } from '../../src/run/input-fields.js';
import { problemsByField, readFields } from '../../src/run/read-fields.js';

const fieldOf = (schema: object) => {
  const [field] = inputFields({ type: 'object', properties: { it: { ...schema } } });
  if (!field) throw new Error('No field.');
  return field;
};
const read = (schema: object, text: string) => readFields([fieldOf(schema)], new Map([['it', text]]));

describe('the fields of a schema', () => {
  test('are none without properties', () => {
    expect(inputFields(undefined)).toEqual([]);
    expect(inputFields({ type: 'object' })).toEqual([]);
  });

  test('have the required ones first, in the order of the schema', () => {
    const schema = { type: 'object', required: ['c', 'b'], properties: { a: {}, b: {}, c: {} } };
    expect(inputFields(schema).map(({ name }) => name)).toEqual(['b', 'c', 'a']);
  });

  test.each([
    [{ type: 'string' }, 'text'],
    [{ type: 'string', format: 'email' }, 'email'],
    [{ type: 'string', format: 'uri' }, 'url'],
    [{ type: 'string', format: 'date' }, 'date'],
    [{ type: 'string', format: 'date-time' }, 'date-time'],
    [{ type: 'string', enum: ['a', 'b'] }, 'choice'],
    [{ type: 'integer' }, 'integer'],
    [{ type: 'number' }, 'number'],
    [{ type: 'boolean' }, 'boolean'],
    [{ type: 'array', items: { type: 'string' } }, 'list'],
    [{ type: 'array', items: { type: 'object' } }, 'json'],
    [{ type: 'object' }, 'json'],
    [{ type: ['string', 'null'] }, 'text'],
    [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, 'integer'],
    [{ anyOf: [{ type: 'integer' }, { type: 'string' }] }, 'json'],
  ])('%j is asked for as %s', (schema, kind) => {
    expect(fieldOf(schema).kind).toBe(kind);
  });
});

describe('what was filled in', () => {
  test.each([
    [{ type: 'integer' }, '12', 12],
    [{ type: 'number' }, '1.5', 1.5],
    [{ type: 'boolean' }, 'false', false],
    [{ enum: [1, 'one'] }, '"one"', 'one'],
    [{ enum: [1, 'one'] }, '1', 1],
    [{ type: 'array', items: { type: 'string' } }, 'a\n\n b ', ['a', 'b']],
    [{ type: 'array', items: { type: 'integer' } }, '1\n2', [1, 2]],
    [{ type: 'array', items: { enum: ['low', 'high'] } }, 'high', ['high']],
    [{ type: 'object' }, '{"a": 1}', { a: 1 }],
    [{ type: 'string', format: 'date-time' }, '2025-03-03T09:00Z', '2025-03-03T09:00:00.000Z'],
  ])('as %j from %j is %j', (schema, text, value) => {
    expect(read(schema, text)).toEqual({ ok: true, input: { it: value } });
  });

  test.each([
    [{ type: 'integer' }, '1.5'],
    [{ type: 'number' }, 'many'],
    [{ type: 'string', format: 'email' }, 'nobody'],
    [{ type: 'array', items: { type: 'integer' } }, '1\ntwo'],
    [{ type: 'array', items: { enum: ['low', 'high'] } }, 'middle'],
    [{ type: 'object' }, '{'],
  ])('does not fit %j when it is %j', (schema, text) => {
    const filled = read(schema, text);
    expect(!filled.ok && filled.wrong.get('it')).toMatch(/^Enter /);
  });

  test('is left out when empty, unless it has to be there', () => {
    const fields = inputFields({ type: 'object', required: ['a'], properties: { a: {}, b: {} } });
    expect(readFields(fields, new Map([['a', '1']]))).toEqual({ ok: true, input: { a: 1 } });
    expect(readFields(fields, new Map())).toEqual({ ok: false, wrong: new Map([['a', 'Fill in “A”.']]) });
  });
});

test("the server's problems go to the fields they name, the others to none", () => {
  const fields = inputFields({ type: 'object', properties: { mail: {}, 'a/b': {} } });
  const problem = (path: string, message: string) =>
    ({ code: 'x', severity: 'error', path, message }) as const;
  const sorted = problemsByField(fields, [
    problem('/mail', 'No address.'),
    problem('/mail/0', 'Too short.'),
    problem('/a~1b', 'Wrong.'),
    problem('/steps/0/input/mail', 'Elsewhere.'),
    problem('', 'Altogether wrong.'),
  ]);
  expect(Object.fromEntries(sorted)).toEqual({
    mail: 'No address. Too short.',
    'a/b': 'Wrong.',
    '': 'Elsewhere. Altogether wrong.',
  });
});
