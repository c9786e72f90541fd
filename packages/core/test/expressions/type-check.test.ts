import { describe, expect, test } from 'vitest';
import { expressionType, type SchemaScope } from '../../src/expressions/type-check.js';

const scope: SchemaScope = {
  inputs: {
    type: 'object',
    required: ['facility', 'weight', 'tags', 'mode', 'maybe'],
    properties: {
      facility: { type: 'string' },
      weight: { type: 'number' },
      count: { type: 'integer' },
      limit: { type: 'integer', default: 5 },
      tags: { type: 'array', items: { type: 'string' } },
      mode: { enum: ['partial', 'complete'] },
      maybe: { type: ['number', 'null'] },
      'due date': { type: 'string' },
      open: { type: 'object', additionalProperties: true },
      names: { type: 'array', items: { type: 'string' } },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
    },
  },
  steps: {
    type: 'object',
    required: ['inbox'],
    properties: {
      inbox: {
        type: 'object',
        required: ['output'],
        properties: {
          output: {
            type: 'object',
            required: ['hasReply', 'reply', 'mails'],
            properties: {
              hasReply: { type: 'boolean' },
              mails: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['from'],
                  properties: { from: { type: 'string' }, size: { type: 'number' } },
                },
              },
              reply: {
                anyOf: [
                  {
                    type: 'object',
                    required: ['kind', 'text'],
                    properties: { kind: { const: 'text' }, text: { type: 'string' } },
                  },
                  {
                    type: 'object',
                    required: ['kind', 'amount'],
                    properties: { kind: { const: 'count' }, amount: { type: 'number' } },
                  },
                ],
              },
            },
          },
          error: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } },
        },
      },
    },
  },
  vars: { type: 'object', properties: { total: { type: 'number' } } },
  trigger: {},
};

const check = (text: string) => expressionType(text, scope);
const codes = (expression: string) =>
  check(`\${{ ${expression} }}`).findings.map(({ code, suggestion }) =>
    suggestion ? `${code} ${suggestion}` : code,
  );

describe('the type of a string', () => {
  test.each<[string, unknown]>([
    ['${{ inputs.facility }}', { type: 'string' }],
    ['to ${{ inputs.weight }}', { type: 'string' }],
    ['plain', { type: 'string', const: 'plain' }],
    ['${{ inputs.weight + 1 }}', { type: 'number' }],
    ['${{ inputs.count }}', { anyOf: [{ type: 'integer' }, { type: 'null' }] }],
    ['${{ inputs.limit }}', { type: 'integer', default: 5 }],
    ['${{ inputs.weight > 2 && has(inputs.count) }}', { type: 'boolean' }],
    ['${{ inputs.tags.filter(t, t != "x") }}', { type: 'array', items: { type: 'string' } }],
    ['${{ inputs.tags.map(t, size(t)) }}', { type: 'array', items: { type: 'number' } }],
    ['${{ steps.inbox.output.mails.map(m, m.from) }}', { type: 'array', items: { type: 'string' } }],
    ['${{ steps.inbox.output.mails[0].from }}', { anyOf: [{ type: 'string' }, { type: 'null' }] }],
    [
      '${{ inputs.count != null ? inputs.count : 0 }}',
      { anyOf: [{ type: 'integer' }, { type: 'number', const: 0 }] },
    ],
    ['${{ steps.inbox.output.reply.kind }}', { anyOf: [{ const: 'text' }, { const: 'count' }] }],
    ['${{ timestamp(inputs.facility) }}', { type: 'string', format: 'date-time' }],
    ['${{ trigger.body.anything }}', undefined],
    ['${{ inputs.open.anything }}', undefined],
    [
      '${{ {"a": inputs.weight} }}',
      { type: 'object', properties: { a: { type: 'number' } }, required: ['a'], additionalProperties: false },
    ],
    ['${{ [1 < 2] }}', { type: 'array', items: { type: 'boolean' } }],
  ])('%s', (text, schema) => {
    const { schema: found, findings } = check(text);
    expect(findings).toEqual([]);
    expect(found).toEqual(schema);
  });
});

describe('what does not exist, with what is probably meant', () => {
  test.each<[string, readonly string[]]>([
    ['input.facility', ['unknown_reference inputs']],
    ['steps.inbx.output', ['unknown_reference inbox']],
    ['vars.totl', ['unknown_reference total']],
    ['inputs.facilty', ['unknown_field facility']],
    ['inputs["due_date"]', ['unknown_field due date']],
    // Cannot stand behind the dot, so there is no text to put in its place; the sentence names it.
    ['inputs.due_date', ['unknown_field']],
    ['steps.inbox.output.has_reply', ['unknown_field hasReply']],
    ['steps.inbox.output.mails[0].form', ['unknown_field from']],
    ['steps.inbox.output.mails.map(m, m.form)', ['unknown_field from']],
    ['inputs.facility.length', ['unknown_field']],
    ['inputs.tags.first', ['unknown_field']],
    ['has(inputs.facilty)', ['unknown_field facility']],
    ['steps.inbox.output.reply.textt', ['unknown_field text']],
    ['nothing_alike', ['unknown_reference']],
  ])('%s', (expression, expected) => {
    expect(codes(expression)).toEqual(expected);
  });

  test('the place is that of the name alone, in the whole string', () => {
    for (const text of ['a ${{ inputs.facilty }}', 'a ${{ inputs["facilty"] }}']) {
      const [finding] = check(text).findings;
      expect(text.slice(finding?.start, finding?.end)).toBe('facilty');
    }
  });

  test('sentences', () => {
    expect(check('${{ steps.nobody.output }}').findings[0]?.message).toBe(
      'No step "nobody" can be read here: only steps that ran before. There is: inbox.',
    );
    expect(check('${{ inputs.facilty }}').findings[0]?.message).toBe(
      'inputs has no field "facilty". Did you mean "facility"?',
    );
  });
});

describe('types', () => {
  test.each<[string, readonly string[]]>([
    ['inputs.facility + 1', ['type_mismatch']],
    ['inputs.facility + "!"', []],
    ['inputs.facility > 5', ['type_mismatch']],
    ['inputs.weight && true', ['type_mismatch']],
    ['!inputs.weight', ['type_mismatch']],
    ['-inputs.facility', ['type_mismatch']],
    ['inputs.weight ? 1 : 2', ['type_mismatch']],
    ['size(inputs.weight)', ['type_mismatch']],
    ['inputs.weight.contains("a")', ['type_mismatch']],
    ['inputs.weight.map(x, x)', ['type_mismatch']],
    ['inputs.tags.filter(t, size(t))', ['type_mismatch']],
    ['inputs.weight == "5"', ['type_mismatch']],
    ['inputs.weight == inputs.limit', []],
    ['inputs.mode == "partial"', []],
    ['inputs.mode == "partal"', ['type_mismatch partial']],
    ['"completed" == inputs.mode', ['type_mismatch complete']],
    ['inputs.mode in ["partial", "done"]', ['type_mismatch']],
    ['inputs.mode == null', []],
    ['steps.inbox.output.reply.kind == "txt"', ['type_mismatch text']],
    ['1 in inputs.weight', ['type_mismatch']],
    ['timestamp(inputs.facility) - duration("1h") > timestamp(inputs.facility)', []],
    ['timestamp(inputs.facility) > inputs.facility', ['type_mismatch']],
    ['trigger.a + 1 > trigger.b', []],
  ])('%s', (expression, expected) => {
    expect(codes(expression)).toEqual(expected);
  });
});

describe('what may be absent', () => {
  test.each<[string, readonly string[]]>([
    ['inputs.count + 1', ['maybe_absent']],
    ['inputs.maybe > 1', ['maybe_absent']],
    ['inputs.limit + 1', []],
    ['vars.total * 2', ['maybe_absent']],
    ['steps.inbox.error.code.contains("x")', ['maybe_absent']],
    ['steps.inbox.output.reply.amount + 1', ['maybe_absent']],
    ['size(steps.inbox.output.mails[0].from)', ['maybe_absent']],
    ['1 in inputs.open.list', ['maybe_absent']],
    ['inputs.labels.a + "!"', ['maybe_absent']],
    ['inputs.facility in inputs.names', ['maybe_absent']],
    ['inputs.count == 3', []],
    ['inputs.count != null && inputs.count > 1', []],
    ['null != inputs.count && inputs.count > 1', []],
    ['has(inputs.count) && inputs.count > 1', []],
    ['has(inputs.maybe) && inputs.maybe > 1', ['maybe_absent']],
    ['!has(inputs.count) || inputs.count > 1', []],
    ['inputs.count == null || inputs.count > 1', []],
    ['inputs.count == null ? 0 : inputs.count + 1', []],
    ['inputs.count == null ? inputs.count + 1 : 0', ['maybe_absent']],
    ['inputs.count == 3 && inputs.count + 1 > 3', []],
    ['(inputs.count != null || inputs.maybe != null) && inputs.count > 1', ['maybe_absent']],
    ['steps.inbox.error != null && steps.inbox.error.code.contains("x")', []],
    ['steps.inbox.output.mails.filter(m, m.size > 1)', ['maybe_absent']],
    ['steps.inbox.output.mails.filter(m, m.size != null && m.size > 1)', []],
  ])('%s', (expression, expected) => {
    expect(codes(expression)).toEqual(expected);
  });
});

test('a syntax error is thrown, naming the template', () => {
  expect(() => check('${{ inputs. }}')).toThrow(/\$\{\{ inputs\. \}\}: Expected IDENTIFIER/);
});
