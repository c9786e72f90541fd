import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateDefinition } from '../../src/workflow/validate.js';
import { actions } from './support/catalog.js';

const check = (value: unknown) => validateDefinition(value, { actions });
const definition = (...steps: unknown[]) => ({ id: 'wf', name: 'Workflow', steps });
const set = (id: string, values: Record<string, unknown> = {}) => ({ id, kind: 'set', values });
const inbox = { id: 'inbox', kind: 'action', action: 'check_inbox' };
const mail = (id: string, input: Record<string, unknown> = {}) => ({
  id,
  kind: 'action',
  action: 'send_email',
  input: { recipient: 'a@example.com', facility: 'Kiel', ...input },
});

/** Problems as `code path`, in order. */
const found = (value: unknown) => check(value).problems.map(({ code, path }) => `${code} ${path}`);

/** A step list that is `depth` deep. */
const nested = (depth: number): unknown => {
  let steps: unknown[] = [];
  for (let level = 0; level < depth; level++) steps = [{ id: `s${level}`, kind: 'repeat', max: 1, steps }];
  return definition(...steps);
};

describe('the structure', () => {
  const bad: readonly [string, unknown, string][] = [
    ['null', null, 'wrong_type '],
    ['a list', [], 'wrong_type '],
    ['no name', { id: 'wf', steps: [] }, 'missing_field /name'],
    ['an unknown field', { ...definition(), stesp: [] }, 'unknown_field /stesp'],
    ['an id of a run', { ...definition(), id: 'run_1' }, 'invalid_id /id'],
    ['an id with a blank', { ...definition(), id: 'a b' }, 'invalid_id /id'],
    ['steps that are no list', { ...definition(), steps: {} }, 'wrong_type /steps'],
    ['a step that is text', definition('wait'), 'wrong_type /steps/0'],
    ['no kind', definition({ id: 'a' }), 'missing_field /steps/0/kind'],
    ['an unknown kind', definition({ id: 'a', kind: 'brnach' }), 'unknown_kind /steps/0/kind'],
    ['a kind of the prototype', definition({ id: 'a', kind: 'toString' }), 'unknown_kind /steps/0/kind'],
    ['a bad step id', definition(set('A')), 'invalid_id /steps/0/id'],
    ['a reserved step id', definition(set('true')), 'reserved_name /steps/0/id'],
    ['a step id twice', definition(set('a'), set('a')), 'duplicate_id /steps/1/id'],
    ['an unknown step field', definition({ ...set('a'), valeus: 1 }), 'unknown_field /steps/0/valeus'],
    ['a number as title', definition({ ...set('a'), title: 1 }), 'wrong_type /steps/0/title'],
    [
      'no duration',
      definition({ id: 'a', kind: 'wait', duration: 'soon' }),
      'invalid_duration /steps/0/duration',
    ],
    [
      'a wait for two things',
      definition({ id: 'a', kind: 'wait', duration: 'PT1S', signal: 's' }),
      'invalid_wait /steps/0',
    ],
    ['a wait for nothing', definition({ id: 'a', kind: 'wait' }), 'invalid_wait /steps/0'],
    [
      'a timeout without signal',
      definition({ id: 'a', kind: 'wait', duration: '1h', timeout: '2h' }),
      'invalid_wait /steps/0/timeout',
    ],
    [
      'a date that is none',
      definition({ id: 'a', kind: 'wait', until: '2030-02-30T00:00:00Z' }),
      'invalid_date /steps/0/until',
    ],
    [
      'a repeat without max',
      definition({ id: 'a', kind: 'repeat', steps: [] }),
      'missing_field /steps/0/max',
    ],
    [
      'a repeat that is too long',
      definition({ id: 'a', kind: 'repeat', steps: [], max: 1001 }),
      'out_of_range /steps/0/max',
    ],
    [
      'no concurrency',
      definition({ id: 'a', kind: 'forEach', items: [], steps: [], concurrency: 0 }),
      'out_of_range /steps/0/concurrency',
    ],
    [
      'a reserved loop variable',
      definition({ id: 'a', kind: 'forEach', items: [], steps: [], as: 'steps' }),
      'reserved_name /steps/0/as',
    ],
    [
      'a loop variable index',
      definition({ id: 'a', kind: 'forEach', items: [], steps: [], as: 'index' }),
      'reserved_name /steps/0/as',
    ],
    [
      'too many attempts',
      definition({ ...inbox, retry: { maxAttempts: 1000 } }),
      'out_of_range /steps/0/retry/maxAttempts',
    ],
    ['an attempt of a year', definition({ ...inbox, timeout: 'P365D' }), 'out_of_range /steps/0/timeout'],
    ['an unknown onError', definition({ ...inbox, onError: 'ignore' }), 'invalid_value /steps/0/onError'],
    ['an approval without title', definition({ id: 'a', kind: 'approval' }), 'missing_field /steps/0/title'],
    ['a bad outcome', definition({ id: 'a', kind: 'stop', outcome: 'ok' }), 'invalid_value /steps/0/outcome'],
    ['a variable nobody can read', definition(set('a', { 'x-y': 1 })), 'invalid_id /steps/0/values/x-y'],
    ['a bad trigger', { ...definition(), trigger: { kind: 'cron' } }, 'invalid_value /trigger/kind'],
    [
      'a bad cron',
      { ...definition(), trigger: { kind: 'schedule', cron: '61 * * * *' } },
      'invalid_cron /trigger/cron',
    ],
    [
      'six cron fields',
      { ...definition(), trigger: { kind: 'schedule', cron: '0 0 * * * *' } },
      'invalid_cron /trigger/cron',
    ],
    [
      'a bad time zone',
      { ...definition(), trigger: { kind: 'schedule', cron: '0 8 * * MON-FRI', timeZone: 'Mars/Base' } },
      'invalid_time_zone /trigger/timeZone',
    ],
    [
      'an unknown overlap',
      { ...definition(), trigger: { kind: 'schedule', cron: '0 8 * * *', overlap: 'stop' } },
      'invalid_value /trigger/overlap',
    ],
    [
      'a catch-up of a second',
      { ...definition(), trigger: { kind: 'schedule', cron: '0 8 * * *', catchUp: 'PT1S' } },
      'out_of_range /trigger/catchUp',
    ],
    [
      'a pause in words',
      { ...definition(), trigger: { kind: 'schedule', cron: '0 8 * * *', paused: 'yes' } },
      'wrong_type /trigger/paused',
    ],
    ['inputs that are a list type', { ...definition(), inputs: { type: 'array' } }, 'invalid_schema /inputs'],
    [
      'a required that is text',
      { ...definition(), inputs: { required: 'a' } },
      'invalid_schema /inputs/required',
    ],
    [
      'a pattern that takes for ever',
      { ...definition(), inputs: { properties: { a: { pattern: '^(a+)+$' } } } },
      'invalid_schema /inputs/properties/a/pattern',
    ],
    [
      'a schema that contains itself',
      { ...definition(), inputs: { properties: { a: { $ref: '#' } } } },
      'invalid_schema /inputs',
    ],
    [
      'a reference to nowhere',
      { ...definition(), inputs: { properties: { a: { $ref: '#/$defs/x' } } } },
      'invalid_schema /inputs/properties/a/$ref',
    ],
    [
      'a key of the prototype',
      JSON.parse('{"id":"wf","name":"n","steps":[],"__proto__":{}}'),
      'forbidden_key /__proto__',
    ],
    [
      'a constructor in an input',
      definition(JSON.parse('{"id":"a","kind":"set","values":{"constructor":1}}')),
      'forbidden_key /steps/0/values/constructor',
    ],
    ['NaN', definition(set('a', { x: Number.NaN })), 'not_json /steps/0/values/x'],
    ['a function', definition(set('a', { x: () => 1 })), 'not_json /steps/0/values/x'],
    ['a date', definition(set('a', { x: new Date(0) })), 'not_json /steps/0/values/x'],
    ['a huge text', { ...definition(), name: 'x'.repeat(200_000) }, 'too_long /name'],
    ['deep steps', nested(65), `too_deep ${'/steps/0'.repeat(64)}/steps`],
    ['very deep steps', nested(10_000), `too_deep ${'/steps/0'.repeat(200)}`],
    [
      'very many steps',
      definition(...Array.from({ length: 100_000 }, (_, n) => set(`s${n}`))),
      'too_many_steps /steps',
    ],
  ];

  test.each(bad)('%s is refused where it stands', (_, value, problem) => {
    const result = check(value);
    expect(result.problems.map(({ code, path }) => `${code} ${path}`)).toContain(problem);
    expect(result.definition).toBeUndefined();
    expect(result.problems.every(({ severity }) => severity === 'error')).toBe(true);
  });

  test('a value that refers to itself is too deep', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(check(loop).problems.map(({ code }) => code)).toEqual(['too_deep']);
  });

  test('a getter that throws is no JSON', () => {
    const value = Object.defineProperty({}, 'id', {
      enumerable: true,
      get: () => {
        throw new Error('boom');
      },
    });
    expect(check(value).problems).toMatchObject([
      { code: 'not_json', message: expect.stringContaining('boom') },
    ]);
  });

  test('a schema of references to references is refused at once', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [
        `a${n}`,
        { allOf: [{ $ref: `#/$defs/a${n + 1}` }, { $ref: `#/$defs/a${n + 1}` }] },
      ]),
    );
    const inputs = { $defs: { ...$defs, a40: {} }, properties: { x: { $ref: '#/$defs/a0' } } };
    expect(found({ ...definition(), inputs })).toEqual(['invalid_schema /inputs']);
  });

  test('it lists at most 200 errors', () => {
    expect(check(definition(...Array.from({ length: 400 }, () => 1))).problems).toHaveLength(200);
  });

  test('the bound of steps is an option', () => {
    const { problems } = validateDefinition(definition(set('a'), set('b')), {
      actions,
      limits: { steps: 1 },
    });
    expect(problems.map(({ code }) => code)).toEqual(['too_many_steps']);
  });

  test('a sound definition is given back in its normal form', () => {
    const { definition: normal, problems } = check({
      ...definition(
        { ...mail('a'), action: 'send_email_real' },
        { id: 'b', kind: 'wait', duration: '48h', title: undefined },
      ),
      config: { timeout: '2 weeks', onFailure: 'none' },
    });
    expect(problems).toEqual([]);
    expect(normal?.config?.timeout).toBe('P2W');
    expect(normal?.steps).toMatchObject([
      { action: 'send_email' },
      { id: 'b', kind: 'wait', duration: 'PT48H' },
    ]);
  });
});

test('it never throws, whatever comes in', () => {
  const nearly = fc.record({
    id: fc.constant('wf'),
    name: fc.constant('n'),
    trigger: fc.option(fc.jsonValue(), { nil: undefined }),
    inputs: fc.option(fc.jsonValue(), { nil: undefined }),
    output: fc.jsonValue(),
    steps: fc.array(
      fc.dictionary(
        fc.constantFrom(
          'id',
          'kind',
          'steps',
          'cases',
          'when',
          'input',
          'action',
          'items',
          'values',
          'onError',
          'until',
          'max',
        ),
        fc.oneof(
          fc.jsonValue(),
          fc.constantFrom(
            'set',
            'branch',
            'action',
            'check_inbox',
            '${{ steps.a.output }}',
            '${{',
            '${{ inputs.x +',
            'repeat',
          ),
        ),
      ),
    ),
  });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.jsonValue(), nearly), (value) => {
      const { problems } = check(value);
      for (const { message, path } of problems) {
        expect(message).toMatch(/\w.*[.?:!]|boom/s);
        expect(path).toMatch(/^(\/|$)/);
      }
    }),
    { numRuns: 500 },
  );
});
