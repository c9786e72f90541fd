import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/workflow/apply-edits.js';
import type { Definition, Step } from '../../../src/workflow/definition.js';
import type { Edit } from '../../../src/workflow/edit.js';
import { merge } from '../../../src/workflow/merge/merge.js';
import { childLists } from '../../../src/workflow/walk.js';

const set = (id: string, values: Record<string, number> = {}): Step => ({ id, kind: 'set', values });
const repeat = (id: string, ...steps: readonly Step[]): Step => ({ id, kind: 'repeat', max: 2, steps });

const base: Definition = {
  id: 'w',
  name: 'W',
  inputs: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
  steps: [
    { id: 'ask', kind: 'action', action: 'mail', input: { to: 'a', hours: 1 }, onError: 'continue' },
    { id: 'pause', kind: 'wait', duration: 'PT48H' },
    {
      id: 'decide',
      kind: 'branch',
      cases: [
        { when: '${{ true }}', steps: [set('yes')] },
        { when: '${{ false }}', steps: [set('no')] },
      ],
    },
    repeat('again', set('inner')),
    set('last', { x: 1 }),
  ],
};

const update = (
  id: string,
  values: Extract<Edit, { op: 'update' }>['set'],
  unset: readonly string[] = [],
): Edit => ({
  op: 'update',
  id,
  set: values,
  unset,
});
const insert = (step: Step, after: string): Edit => ({ op: 'insert', step, at: { after } });
const remove = (id: string): Edit => ({ op: 'remove', id });
const inList = (id: string, list = 'steps') => ({ last: true, in: { id, list } }) as const;

const shape = (steps: readonly Step[]): string =>
  steps
    .map(
      (step) =>
        `${step.id}${childLists(step)
          .map((list) => `[${shape(list.steps)}]`)
          .join('')}`,
    )
    .join(' ');

describe('both go in', () => {
  test.each<[string, readonly Edit[], readonly Edit[], string]>([
    [
      'steps at different places',
      [insert(set('n'), 'ask')],
      [insert(set('m'), 'last')],
      'ask n pause decide[yes][no] again[inner] last m',
    ],
    [
      'steps at one place, in the order of their ids',
      [insert(set('n'), 'ask')],
      [insert(set('m'), 'ask')],
      'ask m n pause decide[yes][no] again[inner] last',
    ],
    [
      'a move and an insert beside the step',
      [{ op: 'move', id: 'ask', at: { last: true } }],
      [insert(set('m'), 'ask')],
      'm pause decide[yes][no] again[inner] last ask',
    ],
    [
      'a move and a change of the step',
      [{ op: 'move', id: 'last', at: inList('again') }],
      [update('last', { '/values/x': 2 })],
      'ask pause decide[yes][no] again[inner last]',
    ],
    [
      'a wrap and a change inside',
      [{ op: 'wrap', ids: ['ask', 'pause'], in: repeat('box') }],
      [update('ask', { '/input/hours': 2 })],
      'box[ask pause] decide[yes][no] again[inner] last',
    ],
    [
      'an unwrap and a change inside',
      [{ op: 'unwrap', id: 'again' }],
      [update('inner', { '/title': 'T' })],
      'ask pause decide[yes][no] inner last',
    ],
    [
      'a case less and a step in the other case',
      [update('decide', {}, ['/cases/0'])],
      [insert(set('m'), 'no')],
      'ask pause decide[no m] again[inner] last',
    ],
    [
      'two new cases',
      [update('decide', { '/cases/-': { when: 'n', steps: [] } })],
      [update('decide', { '/cases/-': { when: 'm', steps: [] } })],
      'ask pause decide[yes][no][][] again[inner] last',
    ],
    [
      'two removals of one step',
      [remove('pause')],
      [remove('pause'), remove('last')],
      'ask decide[yes][no] again[inner]',
    ],
    [
      'the same insert',
      [insert(set('n'), 'ask')],
      [insert(set('n'), 'ask'), insert(set('m'), 'n')],
      'ask n m pause decide[yes][no] again[inner] last',
    ],
    [
      'two moves of different steps',
      [{ op: 'move', id: 'last', at: { first: true } }],
      [{ op: 'move', id: 'pause', at: inList('again') }],
      'last ask decide[yes][no] again[inner pause]',
    ],
    [
      'a removal of a container and a move out of it',
      [remove('again'), insert(set('n'), 'last')],
      [],
      'ask pause decide[yes][no] last n',
    ],
  ])('%s', (_, ours, theirs, expected) => {
    const merged = merge(base, ours, theirs);
    expect(merged.conflicts).toEqual([]);
    expect(shape(merged.definition.steps)).toBe(expected);
    expect(merge(base, theirs, ours).definition).toEqual(merged.definition);
    const onTop = applyEdits(applyEdits(base, theirs).definition, merged.edits);
    expect(onTop.definition).toEqual(merged.definition);
  });

  test('fields of one step', () => {
    const { definition, conflicts, edits } = merge(
      base,
      [update('ask', { '/input/hours': 2, '/title': 'Ask' })],
      [update('ask', { '/input/to': 'b' }, ['/onError'])],
    );
    expect(conflicts).toEqual([]);
    expect(definition.steps[0]).toEqual({
      id: 'ask',
      kind: 'action',
      action: 'mail',
      title: 'Ask',
      input: { to: 'b', hours: 2 },
    });
    expect(edits).toEqual([{ op: 'update', id: 'ask', set: { '/input/hours': 2, '/title': 'Ask' } }]);
  });

  test('inputs of the workflow: what is required is a set', () => {
    const withInput = (name: string): Edit => ({
      op: 'setInputs',
      inputs: {
        ...base.inputs,
        required: ['a', name],
        properties: { a: { type: 'string' }, [name]: { type: 'number' } },
      },
    });
    const { definition, conflicts } = merge(base, [withInput('c')], [withInput('b')]);
    expect(conflicts).toEqual([]);
    expect(definition.inputs).toEqual({
      type: 'object',
      required: ['a', 'b', 'c'],
      properties: { a: { type: 'string' }, b: { type: 'number' }, c: { type: 'number' } },
    });
  });
});

describe('conflicts, of which theirs stays', () => {
  test.each<[string, readonly Edit[], readonly Edit[], readonly unknown[], string]>([
    [
      'a field, twice',
      [update('ask', { '/input/hours': 2 })],
      [update('ask', { '/input/hours': 3 })],
      [{ kind: 'field', stepId: 'ask', pointer: '/input/hours', ours: 2, theirs: 3 }],
      'ask pause decide[yes][no] again[inner] last',
    ],
    [
      'a condition, twice',
      [update('decide', { '/cases/1/when': 'n' })],
      [update('decide', { '/cases/1/when': 'm' })],
      [{ kind: 'field', stepId: 'decide', pointer: '/cases/1/when', ours: 'n', theirs: 'm' }],
      'ask pause decide[yes][no] again[inner] last',
    ],
    [
      'two ways to wait',
      [update('pause', { '/signal': 'n' }, ['/duration'])],
      [update('pause', { '/until': 'm' }, ['/duration'])],
      [{ kind: 'field', stepId: 'pause', pointer: '/until' }],
      'ask pause decide[yes][no] again[inner] last',
    ],
    [
      'an input for another action',
      [update('ask', { '/action': 'call' })],
      [update('ask', { '/input/hours': 3 })],
      [{ kind: 'field', stepId: 'ask', pointer: '/action', ours: 'call', theirs: 'mail' }],
      'ask pause decide[yes][no] again[inner] last',
    ],
    [
      'ours removed what theirs changed',
      [remove('ask')],
      [update('ask', { '/title': 'T' })],
      [{ kind: 'removed', stepId: 'ask', ours: undefined }],
      'ask pause decide[yes][no] again[inner] last',
    ],
    [
      'theirs removed what ours changed',
      [update('ask', { '/title': 'T' })],
      [remove('ask')],
      [{ kind: 'removed', stepId: 'ask', theirs: undefined }],
      'pause decide[yes][no] again[inner] last',
    ],
    [
      'ours removed what theirs put a step into',
      [remove('again')],
      [insert(set('m'), 'inner')],
      [{ kind: 'removed', stepId: 'again' }],
      'ask pause decide[yes][no] again[m] last',
    ],
    [
      'theirs removed a case that ours put a step into',
      [insert(set('n'), 'yes')],
      [update('decide', {}, ['/cases/0'])],
      [{ kind: 'removed', stepId: 'decide' }],
      'ask pause decide[no] again[inner] last',
    ],
    [
      'one id for two steps',
      [insert(set('n', { x: 1 }), 'ask')],
      [insert(set('n', { x: 2 }), 'ask')],
      [{ kind: 'inserted', stepId: 'n', ours: set('n', { x: 1 }), theirs: set('n', { x: 2 }) }],
      'ask n pause decide[yes][no] again[inner] last',
    ],
    [
      'one step at two places',
      [insert(set('n'), 'ask')],
      [insert(set('n'), 'last')],
      [{ kind: 'moved', stepId: 'n' }],
      'ask pause decide[yes][no] again[inner] last n',
    ],
    [
      'moves into two lists',
      [{ op: 'move', id: 'last', at: inList('again') }],
      [{ op: 'move', id: 'last', at: inList('decide', 'cases/0') }],
      [
        {
          kind: 'moved',
          stepId: 'last',
          ours: { in: 'again', index: 1 },
          theirs: { in: 'decide', index: 1 },
        },
      ],
      'ask pause decide[yes last][no] again[inner]',
    ],
    [
      'moves to two places of a list',
      [{ op: 'move', id: 'last', at: { first: true } }],
      [{ op: 'move', id: 'last', at: { after: 'ask' } }],
      [{ kind: 'moved', stepId: 'last', ours: { in: null, index: 0 }, theirs: { in: null, index: 1 } }],
      'ask last pause decide[yes][no] again[inner]',
    ],
    [
      'two steps, each into the other',
      [{ op: 'move', id: 'again', at: inList('decide', 'cases/0') }],
      [{ op: 'move', id: 'decide', at: inList('again') }],
      [{ kind: 'moved', stepId: 'again' }],
      'ask pause again[inner decide[yes][no]] last',
    ],
    [
      'two replacements',
      [{ op: 'replace', id: 'ask', step: set('n') }],
      [{ op: 'replace', id: 'ask', step: set('m') }],
      [{ kind: 'replaced', stepId: 'ask', ours: set('n'), theirs: set('m') }],
      'm pause decide[yes][no] again[inner] last',
    ],
    [
      'a replacement of what theirs changed',
      [{ op: 'replace', id: 'ask', step: set('n') }],
      [update('ask', { '/title': 'T' })],
      [{ kind: 'removed', stepId: 'ask' }],
      'ask pause decide[yes][no] again[inner] last',
    ],
    [
      'another kind for what theirs put a step into',
      [{ op: 'replace', id: 'again', step: set('again') }],
      [insert(set('m'), 'inner')],
      [{ kind: 'replaced', stepId: 'again' }, { kind: 'removed' }],
      'ask pause decide[yes][no] again[m] last',
    ],
    [
      'a word and a list for onError',
      [update('ask', { '/onError': 'fail' })],
      [{ op: 'insert', step: set('m'), at: inList('ask', 'onError') }],
      [{ kind: 'field', stepId: 'ask', pointer: '/onError', ours: 'fail' }],
      'ask[m] pause decide[yes][no] again[inner] last',
    ],
    [
      'a list and a word for onError',
      [{ op: 'insert', step: set('n'), at: inList('ask', 'onError') }],
      [update('ask', { '/onError': 'fail' })],
      [{ kind: 'field', stepId: 'ask', pointer: '/onError', theirs: 'fail' }],
      'ask pause decide[yes][no] again[inner] last',
    ],
    [
      'the name',
      [{ op: 'setMeta', set: { name: 'N' } }],
      [{ op: 'setMeta', set: { name: 'M' } }],
      [{ kind: 'field', pointer: '/name', ours: 'N', theirs: 'M' }],
      'ask pause decide[yes][no] again[inner] last',
    ],
    [
      'the kind of trigger',
      [{ op: 'setTrigger', trigger: { kind: 'webhook' } }],
      [{ op: 'setTrigger', trigger: { kind: 'event', event: 'e' } }],
      [{ kind: 'field', pointer: '/trigger' }],
      'ask pause decide[yes][no] again[inner] last',
    ],
  ])('%s', (_, ours, theirs, conflicts, expected) => {
    // Beside the conflict there is something that goes in.
    const title: Edit = update('no', { '/title': 'From ours' });
    const merged = merge(base, [...ours, title], theirs);
    expect(merged.conflicts).toMatchObject(conflicts);
    expect(merged.conflicts.every(({ message }) => message.endsWith('.'))).toBe(true);
    expect(shape(merged.definition.steps)).toBe(expected);
    expect(JSON.stringify(merged.definition)).toContain('From ours');
    expect(merge(base, theirs, ours).conflicts.length).toBeGreaterThan(0);
    const onTop = applyEdits(applyEdits(base, theirs).definition, merged.edits);
    expect(onTop.definition).toEqual(merged.definition);
  });

  test('edits that do not fit the base are refused', () => {
    expect(() => merge(base, [remove('nobody')], [])).toThrow(/There is no step "nobody"/);
  });

  test('keys that reach a prototype are data', () => {
    const odd = JSON.parse('{"__proto__": {"polluted": 1}}');
    const { definition } = merge(
      base,
      [{ op: 'update', id: 'last', set: { '/values': { ...odd, x: 1 } } }],
      [update('last', { '/values/y': 2 })],
    );
    expect(JSON.stringify(definition.steps.at(-1))).toContain('"__proto__":{"polluted":1}');
    expect('polluted' in {}).toBe(false);
  });
});
