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

const many = <T>(length: number, value: T): T[] => Array.from({ length }, () => value);
const cases = (length: number, when = '${{true}}') => many(length, { when, steps: [] });
const manyTexts = Object.fromEntries(many(10, '${{1}}'.repeat(10_000)).map((text, n) => [`v${n}`, text]));
const fields = (length: number) => Object.fromEntries(many(length, 1).map((value, n) => [`x${n}`, value]));

/** Branches of 100 cases each. */
const branches = (all: readonly object[]) =>
  Array.from({ length: Math.ceil(all.length / 100) }, (_, n) => ({
    id: `b${n}`,
    kind: 'branch',
    cases: all.slice(n * 100, n * 100 + 100),
  }));

/** Steps that set 100 variables each, none twice. */
const variables = (steps: number) =>
  Array.from({ length: steps }, (_, n) => ({
    id: `v${n}`,
    kind: 'set',
    values: Object.fromEntries(many(100, 1).map((value, m) => [`v${n}_${m}`, value])),
  }));

/** Milliseconds that nothing here takes by far; what takes quadratic time takes minutes. */
const dear = 4000;

/** Milliseconds of work that something is, however busy the machine. */
const workOf = (task: () => void): number => {
  const before = process.cpuUsage();
  task();
  return process.cpuUsage(before).user / 1000;
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
    ['40,000 cases in one branch', [{ id: 'a', kind: 'branch', cases: cases(32_000) }], 'too_large'],
    ['40,000 cases in many branches', branches(cases(32_000)), 'too_large'],
    ['40,000 cases without a template', branches(cases(40_000, 'no')), 'invalid_expression'],
    [
      '40,000 branches of one parallel',
      [{ id: 'a', kind: 'parallel', branches: Array.from({ length: 40_000 }, () => ({ steps: [] })) }],
      'too_long',
    ],
    ['10^5 templates', [{ id: 'a', kind: 'set', values: { v: many(100_000, '${{1}}') } }], 'too_large'],
    ['10^5 templates in some texts', [{ id: 'a', kind: 'set', values: manyTexts }], 'too_large'],
    [
      '10^5 unknown fields of an input',
      [{ id: 'a', kind: 'action', action: 'send_email', input: fields(80_000) }],
      'unknown_input',
    ],
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

describe('a definition that is sound, and made to be dear', { timeout: 60_000 }, () => {
  const isCheap = (steps: unknown, more: object = {}): void => {
    expect(workOf(() => codes(definition(steps, more)))).toBeLessThan(dear);
  };

  test('20,000 variables that are visible in 15,000 lists', () => {
    const lists = [...variables(200), ...branches(cases(15_000))];
    expect(codes(definition(lists))).toEqual([]);
    isCheap(lists);
    const aside = { length: 150 };
    isCheap([
      ...variables(200),
      ...Array.from(aside, (_, n) => ({ id: `p${n}`, kind: 'parallel', branches: many(100, { steps: [] }) })),
    ]);
  });

  test('20,000 variables that 15,000 templates read as a whole', () => {
    isCheap([...variables(200), { id: 'a', kind: 'set', values: { v: many(15_000, '${{vars}}') } }]);
  });

  test('variables each of which is the one before twice', () => {
    const doubled = (from: string, to: string) => ({
      [to]: { a: `\${{ vars.${from} }}`, b: `\${{ vars.${from} }}` },
    });
    const steps = Array.from({ length: 60 }, (_, n) => ({
      id: `s${n}`,
      kind: 'set',
      values: { ...doubled(`x${n}`, `x${n + 1}`), ...doubled(`y${n}`, `y${n + 1}`) },
    }));
    const first = { id: 'first', kind: 'set', values: { x0: { a: 1 }, y0: { a: 1 } } };
    const again = { id: 'again', kind: 'set', values: { x60: '${{ vars.y60 }}' } };
    const compared = { id: 'b', kind: 'branch', cases: [{ when: '${{ true }}', steps: [again] }] };
    expect(codes(definition([first, ...steps, compared]))).toEqual([]);
  });

  test('a schema of many alternatives, or of many values, that many templates read', () => {
    const read = (text: string) => [{ id: 'a', kind: 'set', values: { v: many(15_000, text) } }];
    const inputs = (schema: object) => ({
      inputs: { type: 'object', required: ['x'], properties: { x: schema } },
    });
    const objects = Array.from({ length: 2000 }, (_, n) => ({
      type: 'object',
      properties: { b: { const: n } },
    }));
    isCheap(read('${{ inputs.x.b }}'), inputs({ anyOf: objects }));
    isCheap(read('${{ inputs.x.b }}'), inputs({ allOf: objects }));
    const values = Array.from({ length: 200_000 }, (_, n) => n);
    isCheap(read('${{ inputs.x == 199999 }}'), inputs({ enum: values }));
  });
});

test('many long names are not all compared to find the one that is meant', { timeout: 60_000 }, () => {
  const named = (letter: string, n: number): string => `${letter.repeat(90)}${n}`;
  const properties = Object.fromEntries(many(4000, {}).map((schema, n) => [named('a', n), schema]));
  const read = many(200, 0).map((_, n) => `\${{ inputs.${named('b', n)} }}`);
  const steps = [{ id: 'a', kind: 'set', values: { read } }];
  expect(workOf(() => codes(definition(steps, { inputs: { type: 'object', properties } })))).toBeLessThan(
    dear,
  );
});

test('the problems of a definition are not larger than it by far', { timeout: 60_000 }, () => {
  const inputs = { type: 'object', properties: fields(4000), description: 'x'.repeat(90_000) };
  const schema = {
    ...inputs,
    properties: Object.fromEntries(Object.keys(inputs.properties).map((name) => [name, {}])),
  };
  const unknown = Object.fromEntries(many(300, 0).map((_, n) => [`y${n}`, `\${{ inputs.unknown${n} }}`]));
  const { problems } = validateDefinition(
    definition([{ id: 'a', kind: 'forEach', items: [unknown], steps: [] }], { inputs: schema }),
    {
      actions,
    },
  );
  expect(problems).toHaveLength(200);
  expect(problems[0]?.fix).toMatchObject([{ op: 'setInputs' }]);
  expect(JSON.stringify(problems).length).toBeLessThan(1_200_000);
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
