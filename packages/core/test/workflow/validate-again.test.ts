import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActionLookup, ActionSpec } from '../../src/workflow/action-spec.js';
import { applyEdits } from '../../src/workflow/apply-edits.js';
import type { Definition, Step } from '../../src/workflow/definition.js';
import type { Edit } from '../../src/workflow/edit.js';
import { validateDefinition } from '../../src/workflow/validate.js';

const spec = (id: string, output: object): ActionSpec => ({
  id,
  name: id,
  description: id,
  category: 'Test',
  effect: 'read',
  idempotent: false,
  inputSchema: { type: 'object', properties: { text: { type: 'string' }, list: { type: 'array' } } },
  outputSchema: { type: 'object', properties: { value: output }, required: ['value'] },
});

const specs = [spec('words', { type: 'string' }), spec('items', { type: 'array' })];
const lookup = (from: readonly ActionSpec[]): ActionLookup => ({
  get: (id) => from.find((one) => one.id === id),
  all: () => from,
});
const actions = lookup(specs);

const count = 8;
const read = (index: number): string => `\${{ steps.s${index}.output.value }}`;
const chain = (): Definition => ({
  id: 'chain',
  name: 'Chain',
  inputs: { type: 'object', properties: { start: { type: 'string' } }, required: ['start'] },
  steps: Array.from(
    { length: count },
    (_, index): Step => ({
      id: `s${index}`,
      kind: 'action',
      action: 'words',
      input: { text: index === 0 ? '${{ inputs.start }}' : read(index - 1) },
    }),
  ),
});

/** Every kind of step without steps inside it, each reading those before. */
const mixed = (): Definition => ({
  ...chain(),
  steps: [
    { id: 's0', kind: 'action', action: 'words', input: { text: '${{ inputs.start }}' } },
    { id: 's1', kind: 'set', values: { v: read(0), n: 1 } },
    { id: 's2', kind: 'action', action: 'words', input: { text: '${{ vars.v }}' } },
    { id: 's3', kind: 'approval', title: 'Go on with ${{ vars.v }}?', message: read(2) },
    { id: 's4', kind: 'set', values: { v: '${{ vars.v }}!', w: '${{ vars.n }}' } },
    { id: 's5', kind: 'wait', until: read(0) },
    {
      id: 's6',
      kind: 'action',
      action: 'words',
      input: { text: '${{ vars.w }} ${{ steps.s3.output.comment }}' },
    },
    { id: 's7', kind: 'stop', outcome: 'succeeded', reason: '${{ vars.v }}', output: read(6) },
  ],
});

/** What a validation finds that has seen none of these objects. */
const afresh = (definition: unknown, against: ActionLookup = actions) =>
  validateDefinition(structuredClone(definition), { actions: against });

const sound = (value: Definition = chain()): Definition => {
  const { definition, problems } = validateDefinition(value, { actions });
  if (!definition) throw new Error('The chain is not sound.');
  expect(problems).toEqual([]);
  return definition;
};

const step = fc.integer({ min: 0, max: count - 1 });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  step.map((at): Edit => ({ op: 'remove', id: `s${at}` })),
  fc.tuple(step, step).map(
    ([at, from]): Edit => ({
      op: 'update',
      id: `s${at}`,
      set: { '/input': { text: read(from) } },
    }),
  ),
  fc
    .tuple(step, fc.constantFrom('v', 'w', 'n'), fc.oneof(step.map(read), fc.constant(3)))
    .map(([at, name, value]): Edit => ({ op: 'update', id: `s${at}`, set: { [`/values/${name}`]: value } })),
  step.map((at): Edit => ({ op: 'update', id: `s${at}`, set: { '/action': 'items' } })),
  step.map((at): Edit => ({ op: 'update', id: `s${at}`, set: { '/onError': 'continue' } })),
  fc.constant<Edit>({ op: 'setInputs', inputs: { type: 'object', properties: {} } }),
);

describe('a definition that was edited', () => {
  test('finds what a validation finds that never saw it before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(chain, mixed),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (make, edits) => {
          let current = sound(make());
          for (const one of edits) {
            const target = 'id' in one ? current.steps.find(({ id }) => id === one.id) : undefined;
            // The step is gone already, or has no such place.
            if ('id' in one && !target) continue;
            const setsVariable = one.op === 'update' && Object.keys(one.set)[0]?.startsWith('/values');
            if (setsVariable && target?.kind !== 'set') continue;
            const edited = applyEdits(current, [one]).definition;
            const again = validateDefinition(edited, { actions });
            expect(again).toEqual(afresh(edited));
            current = again.definition ?? edited;
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each([chain, mixed])('keeps the steps that did not change, as they are', (make) => {
    const before = sound(make());
    const { definition } = applyEdits(before, [{ op: 'update', id: 's3', set: { '/title': 'Third' } }]);
    const after = validateDefinition(definition, { actions }).definition;
    expect(after?.steps.map((one, index) => one === before.steps[index])).toEqual(
      before.steps.map((_, index) => index !== 3),
    );
  });

  test('tells the warnings that were too many before', () => {
    const dear = (title: string): Step[] =>
      Array.from({ length: 250 }, (_, index) => ({
        id: `w${index}`,
        kind: 'wait',
        duration: 'P500D',
        title,
      }));
    const steps = dear('Long');
    const before = validateDefinition({ ...chain(), steps }, { actions });
    expect(before.problems).toHaveLength(200);
    const rest = before.definition?.steps.slice(150) ?? [];
    const after = validateDefinition({ ...chain(), steps: rest }, { actions });
    expect(after.problems.map(({ stepId }) => stepId)).toEqual(rest.map(({ id }) => id));
  });

  test('is checked against the catalog of today', () => {
    const [words, items] = specs;
    const other = lookup([
      { ...words, id: 'letters', aliases: ['words'] } as ActionSpec,
      items as ActionSpec,
    ]);
    const before = sound();
    expect(validateDefinition(before, { actions: other })).toEqual(afresh(before, other));
    expect(validateDefinition(before, { actions: lookup([]) })).toEqual(afresh(before, lookup([])));
  });

  test('cannot be changed behind the back of the next validation', () => {
    const [first] = sound().steps;
    expect(() => Object.assign(first ?? {}, { action: 'unknown' })).toThrow(TypeError);
  });
});
