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

/** What a validation finds that has seen none of these objects. */
const afresh = (definition: unknown, against: ActionLookup = actions) =>
  validateDefinition(structuredClone(definition), { actions: against });

const sound = (): Definition => {
  const { definition, problems } = validateDefinition(chain(), { actions });
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
  step.map((at): Edit => ({ op: 'update', id: `s${at}`, set: { '/action': 'items' } })),
  step.map((at): Edit => ({ op: 'update', id: `s${at}`, set: { '/onError': 'continue' } })),
  fc.constant<Edit>({ op: 'setInputs', inputs: { type: 'object', properties: {} } }),
);

describe('a definition that was edited', () => {
  test('finds what a validation finds that never saw it before', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let current = sound();
        for (const one of edits) {
          // The step is gone already.
          if ('id' in one && !current.steps.some(({ id }) => id === one.id)) continue;
          const edited = applyEdits(current, [one]).definition;
          const again = validateDefinition(edited, { actions });
          expect(again).toEqual(afresh(edited));
          current = again.definition ?? edited;
        }
      }),
      { numRuns: 150 },
    );
  });

  test('keeps the steps that did not change, as they are', () => {
    const before = sound();
    const { definition } = applyEdits(before, [{ op: 'update', id: 's3', set: { '/title': 'Third' } }]);
    const after = validateDefinition(definition, { actions }).definition;
    expect(after?.steps.map((one, index) => one === before.steps[index])).toEqual(
      before.steps.map((_, index) => index !== 3),
    );
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
