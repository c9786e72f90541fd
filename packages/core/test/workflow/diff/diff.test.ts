import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/workflow/apply-edits.js';
import type { Definition, Step } from '../../../src/workflow/definition.js';
import { diff } from '../../../src/workflow/diff/diff.js';

const set = (id: string, more: object = {}): Step => ({ id, kind: 'set', values: { a: 1 }, ...more }) as Step;
const repeat = (id: string, steps: readonly Step[]): Step => ({ id, kind: 'repeat', max: 2, steps });
const branch = (id: string, cases: Record<string, readonly Step[]>, otherwise?: readonly Step[]): Step => ({
  id,
  kind: 'branch',
  cases: Object.entries(cases).map(([when, steps]) => ({ when, steps })),
  ...(otherwise ? { otherwise } : {}),
});
const parallel = (id: string, ...branches: readonly (readonly Step[])[]): Step => ({
  id,
  kind: 'parallel',
  branches: branches.map((steps) => ({ steps })),
});
const doc = (...steps: readonly Step[]): Definition => ({ id: 'w', name: 'W', steps });
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => set(id)) as [Step, Step, Step, Step];

/** The edits, which are checked to lead from one to the other. */
const edits = (from: Definition, to: Definition) => {
  const found = diff(from, to);
  expect(applyEdits(from, found).definition).toEqual(to);
  return found;
};

describe('what it says', () => {
  test.each<[string, Definition, Definition, unknown]>([
    ['nothing, for equal definitions', doc(a, b), structuredClone(doc(a, b)), []],
    [
      'nothing, for another order of keys',
      doc({ id: 'a', kind: 'stop', outcome: 'failed' }),
      doc({ outcome: 'failed', kind: 'stop', id: 'a' }),
      [],
    ],
    ['an insert', doc(a, b), doc(a, c, b), [{ op: 'insert', step: c, at: { after: 'a' } }]],
    [
      'an insert of a whole container',
      doc(a),
      doc(repeat('r', [b, c]), a),
      [{ op: 'insert', step: repeat('r', [b, c]), at: { first: true } }],
    ],
    [
      'a removal, once for all that is inside',
      doc(repeat('r', [b, repeat('s', [c])]), a),
      doc(a),
      [{ op: 'remove', id: 'r' }],
    ],
    [
      'one move, of the step that moved',
      doc(a, b, c, d),
      doc(b, c, d, a),
      [{ op: 'move', id: 'a', at: { after: 'd' } }],
    ],
    [
      'a move into a container',
      doc(a, repeat('r', [b])),
      doc(repeat('r', [b, a])),
      [{ op: 'move', id: 'a', at: { after: 'b' } }],
    ],
    [
      'a move into a list that is not there yet',
      doc(a, branch('x', {})),
      doc(branch('x', {}, [a])),
      [{ op: 'move', id: 'a', at: { first: true, in: { id: 'x', list: 'otherwise' } } }],
    ],
    [
      'a swap of outer and inner',
      doc(repeat('r', [repeat('s', [])])),
      doc(repeat('s', [repeat('r', [])])),
      [
        { op: 'move', id: 's', at: { first: true } },
        { op: 'move', id: 'r', at: { first: true, in: { id: 's', list: 'steps' } } },
      ],
    ],
    [
      'a wrap',
      doc(a, b, c),
      doc(a, repeat('r', [b, c])),
      [{ op: 'wrap', ids: ['b', 'c'], in: repeat('r', []) }],
    ],
    [
      'a wrap with a step in front',
      doc(a, b),
      doc(parallel('p', [c], [d, a]), b),
      [{ op: 'wrap', ids: ['a'], in: parallel('p', [c], [d]), list: 'branches/1' }],
    ],
    ['an unwrap', doc(a, repeat('r', [b, c])), doc(a, b, c), [{ op: 'unwrap', id: 'r' }]],
    [
      'an unwrap of one list, the others going',
      doc(branch('x', { y: [a] }, [b, c])),
      doc(b, c),
      [{ op: 'unwrap', id: 'x', list: 'otherwise' }],
    ],
    [
      'one case less, by the steps in it',
      doc(branch('x', { y: [a], z: [b] })),
      doc(branch('x', { z: [b] })),
      [{ op: 'update', id: 'x', set: {}, unset: ['/cases/0'] }],
    ],
    [
      'one branch less, though branches look alike',
      doc(parallel('p', [a], [b], [c])),
      doc(parallel('p', [b], [c])),
      [{ op: 'update', id: 'p', set: {}, unset: ['/branches/0'] }],
    ],
    [
      'one branch less, beside an empty one',
      doc(parallel('p', [a, b], [])),
      doc(parallel('p', [])),
      [{ op: 'update', id: 'p', set: {}, unset: ['/branches/0'] }],
    ],
    [
      'a new case with its steps',
      doc(branch('x', { y: [a] })),
      doc(branch('x', { y: [a], z: [b] })),
      [{ op: 'update', id: 'x', set: { '/cases/1': { when: 'z', steps: [b] } } }],
    ],
    [
      'cases in another order',
      doc(branch('x', { y: [a], z: [b] })),
      doc(branch('x', { z: [b], y: [a] })),
      [
        {
          op: 'update',
          id: 'x',
          set: {
            '/cases': [
              { when: 'z', steps: [b] },
              { when: 'y', steps: [a] },
            ],
          },
        },
      ],
    ],
    [
      'a condition',
      doc(branch('x', { y: [a] })),
      doc(branch('x', { z: [a] })),
      [{ op: 'update', id: 'x', set: { '/cases/0/when': 'z' } }],
    ],
    [
      'a case that goes after its step has moved out',
      doc(branch('x', { y: [a], z: [b] })),
      doc(branch('x', { z: [b] }), a),
      [
        { op: 'move', id: 'a', at: { after: 'x' } },
        { op: 'update', id: 'x', set: {}, unset: ['/cases/0'] },
      ],
    ],
    [
      'another kind, taking along what is inside',
      doc(repeat('r', [a, b])),
      doc({ id: 'r', kind: 'forEach', items: [], steps: [a, b] }),
      [{ op: 'replace', id: 'r', step: { id: 'r', kind: 'forEach', items: [], steps: [a, b] } }],
    ],
    [
      'fields, at their pointers',
      doc(set('a', { values: { n: { 'x/y': 1, z: [1, 2] }, gone: 1 } })),
      doc(set('a', { values: { n: { 'x/y': 2, z: [1, 3] } }, title: 'T' })),
      [
        {
          op: 'update',
          id: 'a',
          set: { '/values/n/x~1y': 2, '/values/n/z/1': 3, '/title': 'T' },
          unset: ['/values/gone'],
        },
      ],
    ],
    [
      'a recovery list in place of a word',
      doc({ id: 'x', kind: 'action', action: 'm', onError: 'continue' }),
      doc({ id: 'x', kind: 'action', action: 'm', onError: { steps: [a] } }),
      [{ op: 'insert', step: a, at: { first: true, in: { id: 'x', list: 'onError' } } }],
    ],
    [
      'a word in place of a recovery list',
      doc({ id: 'x', kind: 'action', action: 'm', onError: { steps: [a] } }),
      doc({ id: 'x', kind: 'action', action: 'm', onError: 'fail' }),
      [{ op: 'update', id: 'x', set: { '/onError': 'fail' } }],
    ],
  ])('%s', (_, from, to, expected) => {
    expect(edits(from, to)).toEqual(expected);
  });

  test('the fields of the workflow, and nothing of those that stayed', () => {
    const from: Definition = {
      ...doc(a),
      description: 'd',
      trigger: { kind: 'webhook' },
      config: { timeout: 'P1D' },
    };
    const to: Definition = {
      ...doc(a),
      name: 'New',
      output: null,
      inputs: { type: 'object' },
      config: { timeout: 'P1D' },
    };
    expect(edits(from, to)).toEqual([
      { op: 'setMeta', set: { name: 'New', output: null }, unset: ['description'] },
      { op: 'setTrigger', trigger: null },
      { op: 'setInputs', inputs: { type: 'object' } },
    ]);
  });
});

describe('hostile and large', () => {
  test('keys that reach a prototype are data: the object around them is set whole', () => {
    const values = JSON.parse('{"__proto__": {"x": 1}, "n": 1}');
    const found = diff(doc(set('a', { values: { n: 1 } })), doc(set('a', { values })));
    expect(found).toMatchObject([{ op: 'update', set: { '/values': {} } }]);
    const { definition } = applyEdits(doc(set('a')), found);
    expect(JSON.stringify(definition.steps[0])).toContain('"__proto__":{"x":1}');
    expect('x' in {}).toBe(false);
  });

  test('a step that itself has such a key is replaced', () => {
    const odd = JSON.parse(
      '{"id":"r","kind":"repeat","max":2,"constructor":1,"steps":[{"id":"a","kind":"set","values":{}}]}',
    );
    const found = diff(doc(repeat('r', [a])), doc(odd));
    expect(found).toMatchObject([{ op: 'replace', id: 'r' }]);
    expect(JSON.stringify(applyEdits(doc(repeat('r', [a])), found).definition)).toBe(
      JSON.stringify(doc(odd)),
    );
  });

  test.each<[string, Definition, Definition, RegExp]>([
    ['two workflows', doc(a), { ...doc(a), id: 'v' }, /two workflows, "w" and "v"/],
    ['a double id', doc(a), doc(a, a), /Two steps have the id "a"/],
    [
      'deep nesting',
      doc(a),
      doc(Array.from({ length: 20_000 }).reduce<Step>((inner, _, n) => repeat(`r${n}`, [inner]), a)),
      /nested more than 64 deep/,
    ],
  ])('%s is refused', (_, from, to, message) => {
    expect(() => diff(from, to)).toThrow(message);
  });

  test('2,000 steps in reverse order take one move each but one, in a moment', () => {
    const steps = Array.from({ length: 2_000 }, (_, n) => set(`s${n}`));
    const started = performance.now();
    expect(diff(doc(...steps), doc(...steps.toReversed()))).toHaveLength(1_999);
    // A generous bound: it takes some 20 ms; comparing each with each would take seconds.
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
