import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCondition, compileTemplates, isTemplate } from '../../src/expressions/compile.js';
import type { Json } from '../../src/json.js';

const scope = {
  inputs: {
    facility: 'Kiel',
    weight: 2.5,
    count: 3,
    urgent: true,
    none: null,
    tags: ['a', 'b'],
    due: '2030-03-30T22:30:00Z',
    'due date': 'soon',
    address: { city: 'Kiel' },
  },
  steps: { eta: { output: { delayMinutes: 45, stops: [{ name: 'Kiel' }, { name: 'Bonn' }] } } },
};

const evaluate = (value: Json): Json => compileTemplates(value).evaluate(scope);

describe('templates', () => {
  test.each<[string, Json]>([
    ['${{ inputs.count }}', 3],
    ['${{ inputs.tags }}', ['a', 'b']],
    ['${{ inputs.none }}', null],
    ['Status of ${{ inputs.facility }}', 'Status of Kiel'],
    ['${{ inputs.count }}${{ inputs.urgent }}', '3true'],
    [' ${{ inputs.count }}', ' 3'],
    ['[${{ inputs.none }}]', '[]'],
    ['to ${{ inputs.address }}', 'to {"city":"Kiel"}'],
    ['no template', 'no template'],
    ['', ''],
    ['$${{ inputs.count }}', '${{ inputs.count }}'],
    ['$${{ a }} ${{ inputs.count }}', '${{ a }} 3'],
    ['${{ "}}" }}', '}}'],
    ["${{ '}}' + \"it's\" }}", "}}it's"],
    ['${{ {"a": {"b": 1}} }}', { a: { b: 1 } }],
    ['${{ {"a": {"b": 1}}}}', { a: { b: 1 } }],
    ['${{ "\\"}}" }}', '"}}'],
    ['${{ r"a\\d" }}', 'a\\d'],
    ['${{ """a"}}""" }}', 'a"}}'],
    ['$ {{ inputs.count }}', '$ {{ inputs.count }}'],
  ])('%s', (template, expected) => {
    expect(evaluate(template)).toEqual(expected);
  });

  test('are found everywhere in a value, whose constant parts are shared', () => {
    const constant = { deep: ['x'] };
    const value = { a: ['${{ inputs.count }}', { b: 'x${{ inputs.weight }}' }], none: null, constant };
    const result = evaluate(value);
    expect(result).toEqual({ a: [3, { b: 'x2.5' }], none: null, constant });
    expect(result).toHaveProperty('constant', constant);
    expect(evaluate(constant)).toBe(constant);
  });

  test('a template in a list that yields null is null', () => {
    expect(evaluate(['${{ inputs.none }}'])).toEqual([null]);
  });

  test('a value from the scope is shared, not copied', () => {
    expect(evaluate('${{ inputs.tags }}')).toBe(scope.inputs.tags);
  });

  test('one without an end is refused, naming the place', () => {
    expect(() => compileTemplates('x ${{ inputs.a')).toThrow(/character 2 has no end/);
  });

  test('isTemplate tells templates from text and escapes', () => {
    expect(isTemplate('a ${{ b }}')).toBe(true);
    expect(isTemplate('$${{ b }}')).toBe(false);
    expect(isTemplate('plain')).toBe(false);
  });

  test('text without ${{ stays as it is', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('${{')),
        (text) => {
          expect(evaluate(text)).toBe(text);
        },
      ),
    );
  });

  test('escaped text comes out as the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'a', ' ') }), (text) => {
        fc.pre(!text.startsWith('{') && !/\$\$\{\{/.test(text));
        expect(evaluate(text.replaceAll('${{', () => '$${{'))).toBe(text);
      }),
    );
  });

  test('any text survives as a string literal between templates', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/[\ud800-\udfff]/.test(text));
        const literal = JSON.stringify(text);
        expect(evaluate(`\${{ ${literal} }}`)).toBe(text);
        expect(evaluate(`<\${{ ${literal} }}>`)).toBe(`<${text}>`);
      }),
    );
  });
});

describe('a condition', () => {
  test('is one template that yields a boolean', () => {
    expect(compileCondition('${{ inputs.weight > 2 }}').test(scope)).toBe(true);
    expect(compileCondition(' ${{ inputs.urgent && inputs.count == 4 }} ').test(scope)).toBe(false);
  });

  test('fails when it yields anything else', () => {
    expect(() => compileCondition('${{ inputs.none }}').test(scope)).toThrow(
      '${{ inputs.none }}: The condition is null, not true or false.',
    );
    expect(() => compileCondition('${{ inputs.count }}').test(scope)).toThrow(/is number/);
  });

  test.each(['inputs.urgent', 'a ${{ inputs.urgent }}', '', '${{ a }}${{ b }}'])(
    '%j is refused',
    (template) => {
      expect(() => compileCondition(template)).toThrow(/A condition is one template/);
    },
  );
});

describe('references', () => {
  const paths = (template: string) =>
    compileTemplates(template).references.map(({ path, guarded }) => [path.join('.'), guarded]);

  test('carry path, offsets, template and pointer', () => {
    const value = { 'a/b': ['x', 'to ${{ inputs["due date"] }} and ${{ steps.eta.output.stops[0].name }}'] };
    const { references } = compileTemplates(value);
    expect(references).toEqual([
      {
        path: ['inputs', 'due date'],
        start: 7,
        end: 25,
        template: ' inputs["due date"] ',
        guarded: false,
        pointer: '/a~1b/1',
      },
      {
        path: ['steps', 'eta', 'output', 'stops', 0, 'name'],
        start: 37,
        end: 67,
        template: ' steps.eta.output.stops[0].name ',
        guarded: false,
        pointer: '/a~1b/1',
      },
    ]);
    const text = value['a/b'][1] ?? '';
    expect(text.slice(7, 25)).toBe('inputs["due date"]');
    expect(text.slice(37, 67)).toBe('steps.eta.output.stops[0].name');
  });

  test.each<[string, unknown]>([
    [
      '${{ inputs.a + vars.b }}',
      [
        ['inputs.a', false],
        ['vars.b', false],
      ],
    ],
    [
      '${{ inputs.list.map(x, x.a + inputs.b) }}',
      [
        ['inputs.list', false],
        ['inputs.b', false],
      ],
    ],
    [
      '${{ inputs.list[inputs.index].name }}',
      [
        ['inputs.list', false],
        ['inputs.index', false],
      ],
    ],
    [
      '${{ has(inputs.a) && inputs.a > 1 }}',
      [
        ['inputs.a', true],
        ['inputs.a', true],
      ],
    ],
    [
      '${{ inputs.a != null ? inputs.a : inputs.b }}',
      [
        ['inputs.a', true],
        ['inputs.a', true],
        ['inputs.b', false],
      ],
    ],
    [
      '${{ inputs.a == null || inputs.a.b > 1 }}',
      [
        ['inputs.a', true],
        ['inputs.a.b', true],
      ],
    ],
    [
      '${{ !has(vars.a) ? 1 : vars.a }}',
      [
        ['vars.a', true],
        ['vars.a', true],
      ],
    ],
    ['${{ secrets.KEY }}', [['secrets.KEY', false]]],
    ['plain', []],
  ])('%s', (template, expected) => {
    expect(paths(template)).toEqual(expected);
  });

  test('of a condition have offsets in the whole string', () => {
    const [reference] = compileCondition('  ${{ inputs.a }}').references;
    expect(reference).toMatchObject({ path: ['inputs', 'a'], start: 6, end: 14 });
  });
});
