import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WorkflowError } from '../../src/errors.js';
import { applyEdits } from '../../src/workflow/apply-edits.js';
import type { Definition, Step } from '../../src/workflow/definition.js';
import type { At, Edit, ListRef } from '../../src/workflow/edit.js';
import { childLists, walkSteps } from '../../src/workflow/walk.js';

const set = (id: string): Step => ({ id, kind: 'set', values: { a: 1, b: 2, c: { d: [1, 2, 3] } } });

const definition: Definition = {
  id: 'chase',
  name: 'Chase',
  steps: [
    { id: 'call', kind: 'action', action: 'x', input: { to: 'a', 'odd/key~': 1 }, onError: 'continue' },
    {
      id: 'decide',
      kind: 'branch',
      cases: [
        { when: '${{ true }}', steps: [set('yes'), set('also')] },
        { when: '${{ false }}', steps: [] },
      ],
    },
    { id: 'each', kind: 'forEach', items: [], steps: [set('item')] },
    { id: 'both', kind: 'parallel', branches: [{ steps: [set('left')] }, { steps: [set('right')] }] },
    set('last'),
  ],
};

/** Ids in reading order, lists in brackets. */
const shape = (steps: readonly Step[]): string =>
  steps
    .map(
      (step) =>
        `${step.id}${childLists(step)
          .map((list) => `[${shape(list.steps)}]`)
          .join('')}`,
    )
    .join(' ');

const apply = (...edits: readonly Edit[]) => {
  const before = JSON.stringify(definition);
  const result = applyEdits(definition, edits);
  expect(JSON.stringify(definition)).toBe(before);
  expect(JSON.stringify(applyEdits(result.definition, result.inverse).definition)).toBe(before);
  return result.definition;
};

const shapeAfter = (...edits: readonly Edit[]): string => shape(apply(...edits).steps);

test('the starting point', () => {
  expect(shape(definition.steps)).toBe('call decide[yes also][] each[item] both[left][right] last');
});

describe('each edit, and its inverse, which gives the old document byte for byte', () => {
  const insert = (at: At): Edit => ({ op: 'insert', step: set('new'), at });
  const move = (id: string, at: At): Edit => ({ op: 'move', id, at });

  test.each<[string, Edit, string]>([
    [
      'insert after',
      insert({ after: 'yes' }),
      'call decide[yes new also][] each[item] both[left][right] last',
    ],
    [
      'insert before',
      insert({ before: 'call' }),
      'new call decide[yes also][] each[item] both[left][right] last',
    ],
    [
      'insert first',
      insert({ first: true }),
      'new call decide[yes also][] each[item] both[left][right] last',
    ],
    ['insert last', insert({ last: true }), 'call decide[yes also][] each[item] both[left][right] last new'],
    [
      'insert into an empty list',
      insert({ last: true, in: { id: 'decide', list: 'cases/1' } }),
      'call decide[yes also][new] each[item] both[left][right] last',
    ],
    [
      'insert into an otherwise that is not there yet',
      insert({ first: true, in: { id: 'decide', list: 'otherwise' } }),
      'call decide[yes also][][new] each[item] both[left][right] last',
    ],
    [
      'insert into a recovery list that is not there yet',
      insert({ last: true, in: { id: 'call', list: 'onError' } }),
      'call[new] decide[yes also][] each[item] both[left][right] last',
    ],
    ['remove', { op: 'remove', id: 'decide' }, 'call each[item] both[left][right] last'],
    [
      'remove the only one of a list',
      { op: 'remove', id: 'left' },
      'call decide[yes also][] each[item] both[][right] last',
    ],
    [
      'replace',
      { op: 'replace', id: 'each', step: set('new') },
      'call decide[yes also][] new both[left][right] last',
    ],
    ['move up', move('last', { first: true }), 'last call decide[yes also][] each[item] both[left][right]'],
    [
      'move down',
      move('call', { after: 'each' }),
      'decide[yes also][] each[item] call both[left][right] last',
    ],
    [
      'move within a list',
      move('yes', { last: true, in: { id: 'decide', list: 'cases/0' } }),
      'call decide[also yes][] each[item] both[left][right] last',
    ],
    [
      'move to a list that is not there yet, out of the same step',
      move('yes', { last: true, in: { id: 'decide', list: 'otherwise' } }),
      'call decide[also][][yes] each[item] both[left][right] last',
    ],
    [
      'move a container',
      move('both', { before: 'item' }),
      'call decide[yes also][] each[both[left][right] item] last',
    ],
    [
      'wrap',
      { op: 'wrap', ids: ['decide', 'each'], in: { id: 'again', kind: 'repeat', max: 2, steps: [] } },
      'call again[decide[yes also][] each[item]] both[left][right] last',
    ],
    [
      'wrap into a named list that holds steps',
      {
        op: 'wrap',
        ids: ['last'],
        in: { id: 'par', kind: 'parallel', branches: [{ steps: [] }, { steps: [set('held')] }] },
        list: 'branches/1',
      },
      'call decide[yes also][] each[item] both[left][right] par[][held last]',
    ],
    ['unwrap', { op: 'unwrap', id: 'each' }, 'call decide[yes also][] item both[left][right] last'],
    [
      'unwrap a named list',
      { op: 'unwrap', id: 'both', list: 'branches/1' },
      'call decide[yes also][] each[item] right last',
    ],
    [
      'unwrap an empty list',
      { op: 'unwrap', id: 'decide', list: 'cases/1' },
      'call each[item] both[left][right] last',
    ],
  ])('%s', (_, edit, expected) => {
    expect(shapeAfter(edit)).toBe(expected);
  });

  test('update sets, makes parents, appends, unsets and follows the escapes of RFC 6901', () => {
    const { steps } = apply(
      { op: 'update', id: 'last', set: { '/values/a': null, '/values/c/d/1': 'two', '/values/c/d/-': 4 } },
      {
        op: 'update',
        id: 'call',
        set: { '/input/odd~1key~0': 2, '/retry/maxAttempts': 5 },
        unset: ['/input/to', '/nothing'],
      },
    );
    expect(steps.at(-1)).toEqual({
      id: 'last',
      kind: 'set',
      values: { a: null, b: 2, c: { d: [1, 'two', 3, 4] } },
    });
    expect(steps[0]).toEqual({
      id: 'call',
      kind: 'action',
      action: 'x',
      input: { 'odd/key~': 2 },
      onError: 'continue',
      retry: { maxAttempts: 5 },
    });
  });

  test('the fields of the document', () => {
    const changed = apply(
      { op: 'setTrigger', trigger: { kind: 'schedule', cron: '0 8 * * *' } },
      { op: 'setInputs', inputs: { type: 'object' } },
      { op: 'setConfig', config: { timeout: 'P1D' } },
      { op: 'setMeta', set: { name: 'New', description: 'text', output: { a: null } } },
    );
    expect(Object.keys(changed)).toEqual([
      'id',
      'name',
      'description',
      'trigger',
      'inputs',
      'config',
      'steps',
      'output',
    ]);
    expect(changed).toMatchObject({ name: 'New', description: 'text', output: { a: null } });
    const cleared = applyEdits(changed, [
      { op: 'setTrigger', trigger: null },
      { op: 'setInputs', inputs: null },
      { op: 'setConfig', config: null },
      { op: 'setMeta', set: { name: 'Chase', description: null }, unset: ['output'] },
    ]);
    expect(cleared.definition).toEqual(definition);
    expect(applyEdits(cleared.definition, cleared.inverse).definition).toEqual(changed);
  });
});

test('what did not change is shared', () => {
  const changed = apply({ op: 'update', id: 'yes', set: { '/values/a': 2 } });
  expect(changed.steps[0]).toBe(definition.steps[0]);
  expect(changed.steps[2]).toBe(definition.steps[2]);
  expect(changed.steps[1]).not.toBe(definition.steps[1]);
});

test('a batch is all or nothing', () => {
  const before = JSON.stringify(definition);
  expect(() =>
    applyEdits(definition, [
      { op: 'remove', id: 'last' },
      { op: 'remove', id: 'last' },
    ]),
  ).toThrow('Edit 2 (remove): There is no step "last".');
  expect(JSON.stringify(definition)).toBe(before);
});

describe('refused', () => {
  const broken = (value: unknown) => value as Edit;
  test.each<[string, Edit, RegExp]>([
    ['an unknown id', { op: 'remove', id: 'decid' }, /no step "decid". Did you mean "decide"\?/],
    ['a double id', { op: 'insert', step: set('item'), at: { first: true } }, /two steps with the id "item"/],
    [
      'a double id inside',
      { op: 'replace', id: 'call', step: { id: 'r', kind: 'repeat', max: 1, steps: [set('yes')] } },
      /"yes"/,
    ],
    [
      'a move into itself',
      { op: 'move', id: 'decide', at: { after: 'yes' } },
      /cannot be moved beside or into itself/,
    ],
    [
      'a move into its own list',
      { op: 'move', id: 'each', at: { first: true, in: { id: 'each', list: 'steps' } } },
      /into itself/,
    ],
    ['a move beside itself', { op: 'move', id: 'call', at: { after: 'call' } }, /beside or into itself/],
    ['an update of the id', { op: 'update', id: 'call', set: { '/id': 'b' } }, /cannot change the id/],
    [
      'an update that unsets the kind',
      { op: 'update', id: 'call', set: {}, unset: ['/kind'] },
      /cannot change the kind/,
    ],
    ['an update of the whole step', { op: 'update', id: 'call', set: { '': 1 } }, /no JSON Pointer/],
    ['a bad pointer', { op: 'update', id: 'call', set: { 'input/x': 1 } }, /no JSON Pointer/],
    ['a bad escape', { op: 'update', id: 'call', set: { '/a~2': 1 } }, /no JSON Pointer/],
    ['__proto__', { op: 'update', id: 'call', set: { '/__proto__/x': 1 } }, /"__proto__" is not allowed/],
    [
      'constructor',
      { op: 'update', id: 'call', set: { '/input/constructor/prototype/x': 1 } },
      /"constructor" is not allowed/,
    ],
    ['a pointer into text', { op: 'update', id: 'call', set: { '/action/x': 1 } }, /has no fields/],
    [
      'a place past a list',
      { op: 'update', id: 'last', set: { '/values/c/d/9': 1 } },
      /no place in a list of 3/,
    ],
    [
      'an update that breaks a list of steps',
      { op: 'update', id: 'each', set: { '/steps': 1 } },
      /needs a list in steps/,
    ],
    [
      'an update to a double id inside',
      { op: 'update', id: 'each', set: { '/steps/0/id': 'last' } },
      /"last"/,
    ],
    [
      'a list that is not there',
      { op: 'insert', step: set('n'), at: { last: true, in: { id: 'decide', list: 'cases/7' } } },
      /It has: cases\/0, cases\/1/,
    ],
    ['a list of a step without any', { op: 'unwrap', id: 'last' }, /holds no steps/],
    [
      'steps that are not neighbours',
      { op: 'wrap', ids: ['call', 'each'], in: { id: 'g', kind: 'repeat', max: 1, steps: [] } },
      /next to each other/,
    ],
    [
      'nothing to wrap',
      { op: 'wrap', ids: [], in: { id: 'g', kind: 'repeat', max: 1, steps: [] } },
      /at least one/,
    ],
    ['no such edit', broken({ op: 'explode' }), /There is no such edit/],
    ['no edit', broken(null), /There is no such edit/],
    ['an edit without a place', broken({ op: 'insert', step: set('n') }), /at is/],
    ['a place that is none', broken({ op: 'insert', step: set('n'), at: {} }), /at is/],
    [
      'a step that is none',
      broken({ op: 'insert', step: 'x', at: { first: true } }),
      /object with id and kind/,
    ],
    [
      'a step without an id',
      broken({ op: 'insert', step: { kind: 'set' }, at: { first: true } }),
      /needs an id/,
    ],
    [
      'an unknown kind',
      broken({ op: 'insert', step: { id: 'n', kind: 'jump' }, at: { first: true } }),
      /no known kind/,
    ],
    [
      'a list of text',
      broken({ op: 'insert', step: { id: 'n', kind: 'repeat', max: 1, steps: ['x'] }, at: { first: true } }),
      /object with id/,
    ],
    [
      'ids that are none',
      broken({ op: 'wrap', ids: 'call', in: { id: 'g', kind: 'repeat', steps: [] } }),
      /list of step ids/,
    ],
    ['a trigger of text', broken({ op: 'setTrigger', trigger: 'x' }), /trigger is an object/],
    ['a name of numbers', broken({ op: 'setMeta', set: { name: 1 } }), /name is text/],
    ['a description of numbers', broken({ op: 'setMeta', set: { description: 1 } }), /description is text/],
    ['an id to set', broken({ op: 'setMeta', set: { id: 'other' } }), /cannot set "id"/],
    ['an unset name', broken({ op: 'setMeta', set: {}, unset: ['name'] }), /Only description and output/],
  ])('%s', (_, edit, message) => {
    const attempt = () => applyEdits(definition, [edit]);
    expect(attempt).toThrow(WorkflowError);
    expect(attempt).toThrow(message);
    expect('x' in {}).toBe(false);
  });

  test('deep nesting, before anything recurses into it', () => {
    let step: Step = set('inner');
    for (let depth = 0; depth < 20_000; depth += 1)
      step = { id: `r${depth}`, kind: 'repeat', max: 1, steps: [step] };
    expect(() => applyEdits(definition, [{ op: 'insert', step, at: { first: true } }])).toThrow(
      /nested more than/,
    );
  });
});

describe('random batches', () => {
  /** What a random choice of edit looks like, given the document it meets: numbers pick among what there is. */
  interface Choice {
    readonly op: number;
    readonly who: number;
    readonly where: number;
    readonly mode: number;
  }

  const pick = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)];

  const editFor = ({ op, who, where, mode }: Choice, current: Definition, serial: number): Edit => {
    const placed = [...walkSteps(current.steps)];
    const id = pick(placed, who)?.step.id ?? 'none';
    const anchor = pick(placed, where)?.step.id ?? 'none';
    const lists: ListRef[] = placed.flatMap(({ step }) => [
      ...childLists(step).map(({ list }) => ({ id: step.id, list })),
      ...(step.kind === 'branch' ? [{ id: step.id, list: 'otherwise' }] : []),
      ...(step.kind === 'action' ? [{ id: step.id, list: 'onError' }] : []),
    ]);
    const list = pick(lists, where);
    const places: readonly At[] = [
      { after: anchor },
      { before: anchor },
      list ? { first: true, in: list } : { first: true },
      list ? { last: true, in: list } : { last: true },
    ];
    const at = pick(places, mode) ?? { last: true };
    const fresh: readonly Step[] = [
      set(`new${serial}`),
      { id: `new${serial}`, kind: 'branch', cases: [{ when: '${{ true }}', steps: [] }] },
      { id: `new${serial}`, kind: 'action', action: 'y' },
      { id: `new${serial}`, kind: 'repeat', max: 3, steps: [set(`body${serial}`)] },
    ];
    const step = pick(fresh, mode) ?? set(`new${serial}`);
    const container: Step = { id: `new${serial}`, kind: 'repeat', steps: [], max: 2 };
    const edits: readonly Edit[] = [
      { op: 'insert', step, at },
      { op: 'remove', id },
      { op: 'replace', id, step },
      {
        op: 'update',
        id,
        set: { '/title': `t${where}`, '/x/y': mode },
        unset: mode % 2 ? ['/values/a'] : ['/input'],
      },
      { op: 'move', id, at },
      { op: 'wrap', ids: [id], in: container },
      { op: 'unwrap', id },
      { op: 'setTrigger', trigger: mode % 2 ? null : { kind: 'webhook' } },
      { op: 'setConfig', config: mode % 2 ? null : { timeout: `PT${where}S` } },
      {
        op: 'setMeta',
        set: mode % 2 ? { description: `d${where}`, output: null } : { description: null },
        unset: ['output'],
      },
    ];
    return pick(edits, op) ?? { op: 'remove', id };
  };

  const choice: fc.Arbitrary<Choice> = fc.record({
    op: fc.nat({ max: 9 }),
    who: fc.nat({ max: 40 }),
    where: fc.nat({ max: 40 }),
    mode: fc.nat({ max: 11 }),
  });

  test('the inverse of a batch gives the old document, byte for byte, and its inverse the new one', () => {
    let applied = 0;
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 12 }), (choices) => {
        const batch: Edit[] = [];
        let current = definition;
        for (const [serial, made] of choices.entries()) {
          const edit = editFor(made, current, serial);
          try {
            current = applyEdits(current, [edit]).definition;
            batch.push(edit);
          } catch (error) {
            if (!WorkflowError.is(error)) throw error;
          }
        }
        applied += batch.length;
        const { definition: changed, inverse } = applyEdits(definition, batch);
        expect(changed).toEqual(current);
        const ids = [...walkSteps(changed.steps)].map(({ step }) => step.id);
        expect(new Set(ids).size).toBe(ids.length);
        const undone = applyEdits(changed, inverse);
        expect(JSON.stringify(undone.definition)).toBe(JSON.stringify(definition));
        expect(applyEdits(undone.definition, undone.inverse).definition).toEqual(changed);
      }),
      { numRuns: 200 },
    );
    expect(applied).toBeGreaterThan(200);
  }, 60_000);
});
