import { evaluate as celEvaluate } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileTemplates } from '../../src/expressions/compile.js';
import type { Scope } from '../../src/expressions/frame.js';
import type { Json } from '../../src/json.js';

const scope = {
  d: 2.5,
  n: null,
  s: 'späť 🚚',
  list: [3, 1, 2],
  people: [{ name: 'Ann', age: 30 }, { name: 'Bo' }],
  map: { a: 1, 'b c': 2, nothing: null },
  due: '2030-03-30T22:30:00Z',
};

const run = (expression: string, values: Scope = scope): Json =>
  compileTemplates(`\${{ ${expression} }}`).evaluate(values);

describe('values', () => {
  test.each<[string, Json]>([
    ['5 / 2', 2.5],
    ['d + 1', 3.5],
    ['1 + d * 2 - 3', 3],
    ['7 % 4', 3],
    ['-list[0]', -3],
    ['size(list) / 2', 1.5],
    ['0x10 + 5u', 21],
    ['1e3', 1000],
    ['2 == 2.0', true],
    ['1 < 1.5 && 2 >= 2', true],
    ['9007199254740993', 9007199254740992],
    ['"a" + "b"', 'ab'],
    ['"a" < "b"', true],
    ['false < true', true],
    ['[1] + [2, "x"]', [1, 2, 'x']],
    ['[1, "a", null]', [1, 'a', null]],
    ['{"a": 1, "b": [true]}', { a: 1, b: [true] }],
    ['d > 2 ? "big" : 0', 'big'],
    ['size(s)', 6],
    ['s.size()', 6],
    ['size(map)', 3],
    ['map["b c"]', 2],
    ['list[1]', 1],
    ['list[size(list) - 1]', 2],
    ['"A-B".lowerAscii().split("-")', ['a', 'b']],
    ['"a,b,c".split(",", 2)', ['a', 'b,c']],
    ['["a", "b"].join("+")', 'a+b'],
    ['" x ".trim()', 'x'],
    ['"abc".substring(1, 2) + "abc".substring(2)', 'bc'],
    ['"abcab".indexOf("b") + "abcab".lastIndexOf("b")', 5],
    ['"abcab".indexOf("b", 2)', 4],
    ['"abc".contains("b") && "abc".startsWith("a") && "abc".endsWith("c")', true],
    ['string(2.0) + string(true)', '2true'],
    ['int("5") + double("1.5") + int(2.9)', 8.5],
    ['bool("true")', true],
    ['list.map(x, x * 2)', [6, 2, 4]],
    ['list.map(x, x > 1, x * 2)', [6, 4]],
    ['list.filter(x, x > 1)', [3, 2]],
    ['list.all(x, x > 0) && list.exists(x, x == 2) && list.exists_one(x, x > 2)', true],
    ['list.filter(x, x > 1).map(y, y + 1)', [4, 3]],
    ['map.exists(key, key == "a")', true],
    ['people.map(p, p.name)', ['Ann', 'Bo']],
    ['dyn(1)', 1],
  ])('%s', (expression, expected) => {
    expect(run(expression)).toEqual(expected);
  });
});

describe('what is absent', () => {
  test.each<[string, Json]>([
    ['map.zzz', null],
    ['map.zzz.deeper', null],
    ['n.field', null],
    ['list[9]', null],
    ['list[-1]', null],
    ['map.zzz == null', true],
    ['null == map.zzz', true],
    ['n != null', false],
    ['has(map.a)', true],
    ['has(map.zzz)', false],
    ['has(map.nothing)', true],
    ['has(n.a)', false],
    ['has(map["b c"]) && !has(list[7])', true],
    ['map.toString', null],
    ['people[1].age == null ? 0 : people[1].age', 0],
  ])('%s', (expression, expected) => {
    expect(run(expression)).toEqual(expected);
  });

  test.each([
    ['n + 1', '+ does not take null and number.'],
    ['map.zzz < 3', '< does not take null and number.'],
    ['-n', '- does not take null.'],
    ['size(n)', 'size() does not take null.'],
    ['n.contains("a")', 'contains() does not take null and string.'],
    ['n.map(x, x)', 'A macro takes a list or an object, not null.'],
    ['1 in n', 'in does not take null on its right.'],
    ['n ? 1 : 2', 'The condition before ? is null, not true or false.'],
    ['!n', 'What stands after ! is null, not true or false.'],
    ['nobody', 'There is nothing called nobody here.'],
    ['toString', 'There is nothing called toString here.'],
  ])('%s fails', (expression, message) => {
    expect(() => run(expression)).toThrow(`\${{ ${expression} }}: ${message}`);
  });
});

describe('failures', () => {
  test.each([
    ['"a" + 1', '+ does not take string and number.'],
    ['"a" < 1', '< does not take string and number.'],
    ['s.a', 'It reads "a" of string, which has no fields.'],
    ['list["a"]', 'A list is read by number, not by "a".'],
    ['1 / 0', 'The result is Infinity, which is no number in JSON.'],
    ['int("x")', '"x" is no whole number.'],
    ['bool("maybe")', '"maybe" is neither true nor false.'],
    ['"a".substring(5)', 'Position 5 is outside a text of 1 characters.'],
    ['timestamp("tomorrow")', '"tomorrow" is no date-time. Write it as 2030-01-31T08:00:00Z.'],
    ['duration("2 days")', '"2 days" is no duration. Write it as 48h or 1h30m.'],
    ['[1].join()', 'join() takes a list of text only. Map it with string().'],
  ])('%s', (expression, message) => {
    expect(() => run(expression)).toThrow(message);
  });
});

describe('logic follows CEL: the operand that decides hides the failure of the other', () => {
  test.each<[string, boolean]>([
    ['true || n > 1', true],
    ['n > 1 || true', true],
    ['false && n > 1', false],
    ['n > 1 && false', false],
    ['[null, 2].exists(x, x > 1)', true],
    ['[null, 0].all(x, x > 1)', false],
  ])('%s', (expression, expected) => {
    expect(run(expression)).toBe(expected);
  });

  test.each(['n > 1 || false', 'n > 1 && true', '[null, 0].exists(x, x > 1)', '[null, 2].all(x, x > 1)'])(
    '%s fails',
    (expression) => {
      expect(() => run(expression)).toThrow('> does not take null and number.');
    },
  );
});

describe('time', () => {
  test.each<[string, Json]>([
    ['timestamp(due)', '2030-03-30T22:30:00.000Z'],
    ['timestamp(due) + duration("48h")', '2030-04-01T22:30:00.000Z'],
    ['timestamp(due) - duration("30m")', '2030-03-30T22:00:00.000Z'],
    ['timestamp(due) - timestamp("2030-03-30T20:00:00Z")', '9000s'],
    ['timestamp(due) > timestamp("2030-03-30T23:00:00+02:00")', true],
    ['duration("1h30m") < duration("2h")', true],
    ['duration("90m") == duration("1h30m")', true],
    ['timestamp(due).getHours()', 22],
    ['timestamp(due).getHours("Europe/Berlin")', 23],
    ['timestamp(due).getDate("Asia/Tokyo")', 31],
    ['timestamp(due).getDayOfWeek()', 6],
    ['timestamp(due).getDayOfYear()', 88],
    ['timestamp(due).getMonth()', 2],
    ['(timestamp(due) - timestamp("2030-03-30T20:00:00Z")).getMinutes()', 150],
    ['string(timestamp(due))', '2030-03-30T22:30:00.000Z'],
    ['int(timestamp("1970-01-01T00:01:00Z"))', 60],
    ['[timestamp(due)]', ['2030-03-30T22:30:00.000Z']],
  ])('%s', (expression, expected) => {
    expect(run(expression)).toEqual(expected);
  });

  test('an unknown time zone and a date outside the calendar fail', () => {
    expect(() => run('timestamp(due).getHours("Mars/Base")')).toThrow(/is no time zone/);
    expect(() => run('timestamp(due) + duration("9999999999h")')).toThrow(/outside the calendar/);
  });
});

describe('safety', () => {
  test.each([
    ['inputs.__proto__', /"__proto__" is not allowed/],
    ['inputs["constructor"]', /"constructor" is not allowed/],
    ['prototype', /Reserved identifier: prototype/],
    ['constructor', /"constructor" is not allowed/],
    ['s.matches("^(a+)+$")', /matches\(\) is not supported/],
    ['list.map(x, list.map(y, y))', /cannot stand inside another macro/],
    ['cel.bind(x, 1, x)', /no method bind/],
    ['siz(list)', /no function siz\(\). Did you mean size\(\)\?/],
    ['list.fliter(x, x)', /Did you mean filter\(\)\?/],
    ['size(1, 2)', /size\(\) does not take 2 arguments/],
    ['b"ab"', /Bytes are not supported/],
    ['1 +', /Unexpected token: EOF at character/],
    ['(('.repeat(60), /Exceeded maxDepth/],
    [`${'!'.repeat(9000)}true`, /Exceeded|too deeply/],
    [`1${' + 1'.repeat(1000)}`, /Exceeded maxAstNodes/],
    [`"${'x'.repeat(10_000)}"`, /at most 10000 are allowed/],
  ])('%s is refused before it runs', (expression, message) => {
    expect(() => compileTemplates(`\${{ ${expression} }}`)).toThrow(message);
  });

  test('inherited properties do not exist, null-prototype scopes work', () => {
    const inherited: Scope = Object.create({ secret: 1 });
    expect(() => run('secret', inherited)).toThrow(/nothing called secret/);
    const bare = Object.assign(Object.create(null), { a: Object.assign(Object.create(null), { b: 1 }) });
    expect(run('a.b', bare)).toBe(1);
  });

  test('data with awkward keys stays data', () => {
    const awkward = JSON.parse('{"data": {"constructor": 1, "__proto__": {"x": 2}}, "key": "__proto__"}');
    expect(JSON.stringify(run('data', awkward))).toBe('{"constructor":1,"__proto__":{"x":2}}');
    expect(run('data[key].x', awkward)).toBe(2);
    const made = run('{key: {"polluted": true}}', awkward);
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  test('work is bounded', () => {
    const long = { list: Array.from({ length: 20_000 }, (_, index) => index), text: 'x'.repeat(100_000) };
    expect(() => run('list.map(x, list + list)', long)).toThrow(/too much work/);
    expect(() => run('list.map(x, text + text)', long)).toThrow(/too much work/);
    expect(() => run('list.filter(x, (x + 0.5) in list)', long)).toThrow(/too much work/);
    expect(run('size(list.filter(x, x % 2 == 0))', long)).toBe(10_000);
  });

  test('a scope with what is no JSON fails, or is made JSON', () => {
    expect(() => run('f', { f: () => 1 })).toThrow(/no JSON value/);
    expect(() => run('o', { o: new URL('http://example.com') })).toThrow(/no JSON value/);
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    expect(() => run('cyclic', { cyclic })).toThrow(/more than 200 deep/);
    expect(
      run('[big, map, at, gone]', { big: 5n, map: new Map([['a', 1n]]), at: new Date(0), gone: undefined }),
    ).toEqual([5, { a: 1 }, '1970-01-01T00:00:00.000Z', null]);
  });
});

test('a path reads what JavaScript reads, for every path there is, and null beyond', () => {
  const pathsOf = (value: unknown, path: string): readonly (readonly [string, unknown])[] => {
    const inner =
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, item]) =>
            forbidden.includes(key)
              ? []
              : pathsOf(item, `${path}[${Array.isArray(value) ? key : JSON.stringify(key)}]`),
          )
        : [];
    const beyond = Array.isArray(value) ? `[${value.length}]` : '["no such key"]';
    const open = typeof value === 'object';
    return [[path, value], ...inner, ...(open ? ([[path + beyond, null]] as const) : [])];
  };
  const forbidden = ['__proto__', 'constructor', 'prototype'];
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (root) => {
      for (const [path, expected] of pathsOf(root, 'root')) expect(run(path, { root })).toEqual(expected);
    }),
  );
});

describe('the library agrees where CEL and the definition agree', () => {
  const atom = fc.oneof(
    fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 })
      .map((n) => `(${n.toFixed(3)})`),
    fc.constantFrom('x', 'y', 'o.z', 'l[0]'),
  );
  const { number } = fc.letrec<{ number: string }>((tie) => ({
    number: fc.oneof(
      { maxDepth: 4 },
      atom,
      fc
        .tuple(tie('number'), fc.constantFrom('+', '-', '*'), tie('number'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc
        .tuple(tie('number'), tie('number'), tie('number'))
        .map(([a, b, c]) => `(${a} < ${b} ? ${c} : -${a})`),
    ),
  }));
  const comparison = fc
    .tuple(number, fc.constantFrom('<', '<=', '>', '>=', '==', '!='), number)
    .map((parts) => parts.join(' '));
  const condition = fc
    .tuple(comparison, fc.constantFrom('&&', '||'), comparison, fc.constantFrom('&&', '||'), comparison)
    .map((parts) => parts.join(' '));
  const values = { x: 1.5, y: -20.25, o: { z: 3.125 }, l: [0.5] };

  test.each([
    ['arithmetic', number],
    ['logic', condition],
    ['macros', condition.map((text) => `[0.5, 1.5].filter(x, ${text})`)],
  ])('%s', (_, expressions) => {
    fc.assert(
      fc.property(expressions, (expression) => {
        fc.pre(expression.length < 2000);
        expect(run(expression, values)).toEqual(celEvaluate(expression, values));
      }),
    );
  });
});
