/** Input made to break things: a problem each, and soon (the runner gives a test five seconds). */
import { describe, expect, test } from 'vitest';
import { compileTemplates } from '../../src/expressions/compile.js';
import { applyEdits } from '../../src/workflow/apply-edits.js';
import { checkInput } from '../../src/workflow/check-input.js';
import type { Definition } from '../../src/workflow/definition.js';
import type { Edit } from '../../src/workflow/edit.js';
import { fromNodeList } from '../../src/workflow/node-list/from-node-list.js';
import { validateDefinition } from '../../src/workflow/validate.js';
import { actions } from './support/catalog.js';

const stop = (id: string) => ({ id, kind: 'stop', outcome: 'succeeded' });
const definition = (steps: unknown, more: object = {}): unknown => ({ id: 'a', name: 'A', steps, ...more });
const codes = (value: unknown): string[] => {
  const { problems } = validateDefinition(value, { actions });
  return problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
};

const nested = (depth: number): unknown => {
  let steps: unknown[] = [stop('inner')];
  for (let level = 0; level < depth; level += 1) steps = [{ id: `r${level}`, kind: 'repeat', max: 1, steps }];
  return steps;
};
const deepValue = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
};

describe('a definition', () => {
  test.each<[string, unknown, string]>([
    ['10^5 steps', Array.from({ length: 100_000 }, (_, n) => stop(`s${n}`)), 'too_many_steps'],
    ['10^5 things that are no steps', Array.from({ length: 100_000 }, () => null), 'wrong_type'],
    ['10^4 levels of steps', nested(10_000), 'too_deep'],
    ['a value 10^5 levels deep', [{ id: 'a', kind: 'set', values: { v: deepValue(100_000) } }], 'too_deep'],
    ['a loop of 10^9 rounds', [{ id: 'a', kind: 'repeat', max: 1e9, steps: [stop('b')] }], 'out_of_range'],
    ['a loop of NaN rounds', [{ id: 'a', kind: 'repeat', max: Number.NaN, steps: [stop('b')] }], 'not_json'],
    ['endless rounds', [{ id: 'a', kind: 'repeat', max: Number.POSITIVE_INFINITY, steps: [] }], 'not_json'],
    [
      'an expression of a megabyte',
      [{ id: 'a', kind: 'set', values: { v: `\${{ ${'1+'.repeat(500_000)}1 }}` } }],
      'too_long',
    ],
    [
      'an expression without an end',
      [{ id: 'a', kind: 'set', values: { v: '${{ 1 +' } }],
      'invalid_expression',
    ],
    [
      '10^4 brackets',
      [{ id: 'a', kind: 'set', values: { v: `\${{ ${'('.repeat(4000)}1${')'.repeat(4000)} }}` } }],
      'invalid_expression',
    ],
    [
      'a date that does not exist',
      [{ id: 'a', kind: 'wait', until: '2030-02-30T00:00:00Z' }],
      'invalid_date',
    ],
    ['a year out of range', [{ id: 'a', kind: 'wait', until: '+999999-01-01T00:00:00Z' }], 'invalid_date'],
    ['a wait of 10^9 years', [{ id: 'a', kind: 'wait', duration: 'P365000000000D' }], 'invalid_duration'],
    ['the same id twice', [stop('a'), stop('a')], 'duplicate_id'],
    ['a reserved id', [stop('true')], 'reserved_name'],
    ['an id that is no id', [stop('__proto__')], 'invalid_id'],
    ['an unknown field', [{ ...stop('a'), onerror: 'continue' }], 'unknown_field'],
    ['steps that are no list', { 0: stop('a') }, 'wrong_type'],
  ])('with %s', (_, steps, code) => {
    expect(codes(definition(steps))).toContain(code);
  });

  test.each(['__proto__', 'constructor', 'prototype'])('with the key %s, anywhere', (key) => {
    const poisoned = (text: string): unknown => JSON.parse(text.replaceAll('KEY', key));
    for (const text of [
      '{"id":"a","name":"A","steps":[],"KEY":{"polluted":true}}',
      '{"id":"a","name":"A","steps":[{"id":"s","kind":"set","values":{"KEY":{"polluted":true}}}]}',
      '{"id":"a","name":"A","steps":[],"inputs":{"type":"object","properties":{"KEY":{"type":"string"}}}}',
    ]) {
      expect(codes(poisoned(text)).length).toBeGreaterThan(0);
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

test('an expression that would take for ever is ended', () => {
  const scope = { inputs: { list: Array.from({ length: 200_000 }, (_, n) => n) } };
  expect(() => compileTemplates('${{ inputs.list.all(a, inputs.list.all(b, a + b >= 0)) }}')).toThrow();
  const slow = compileTemplates(
    `\${{ ${Array.from({ length: 20 }, () => 'inputs.list.all(a, a >= 0)').join(' && ')} }}`,
  );
  expect(() => slow.evaluate(scope)).toThrow(/too/i);
});

test('edits that pollute, or that never end, are refused', () => {
  const base: Definition = { id: 'a', name: 'A', steps: [{ id: 's', kind: 'set', values: {} }] };
  for (const pointer of ['/values/__proto__/polluted', '/constructor/prototype/polluted', '/__proto__']) {
    const edit: Edit = { op: 'update', id: 's', set: { [pointer]: true } };
    expect(() => applyEdits(base, [edit])).toThrow();
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('a schema that would make a check slow is a problem, not a wait', () => {
  const schema = { type: 'object', properties: { v: { type: 'string', pattern: '^(a+)+$' } } };
  expect(checkInput(schema, { v: `${'a'.repeat(60)}!` }).problems.length).toBeGreaterThan(0);
  expect(codes(definition([], { inputs: schema }))).toContain('invalid_schema');
});

test('node lists that go round, or that are huge, are refused by name', () => {
  const node = (id: string, next: string[], type = 'action') => ({ id, type, activity: 'check_inbox', next });
  const list = (nodes: unknown[]) => ({ id: 'a', name: 'A', nodes });
  expect(() => fromNodeList(list([node('a', ['b'], 'trigger'), node('b', ['a'])]), actions)).toThrow(
    /"a"|"b"/,
  );
  expect(() =>
    fromNodeList(
      list(Array.from({ length: 100_000 }, (_, n) => node(`n${n}`, [`n${n + 1}`], 'trigger'))),
      actions,
    ),
  ).toThrow();
});
