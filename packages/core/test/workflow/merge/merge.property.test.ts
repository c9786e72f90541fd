import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/workflow/apply-edits.js';
import type { Definition } from '../../../src/workflow/definition.js';
import type { Edit } from '../../../src/workflow/edit.js';
import { merge } from '../../../src/workflow/merge/merge.js';
import { sameJson } from '../../../src/workflow/same-json.js';
import { walkSteps } from '../../../src/workflow/walk.js';
import { choicesFrom, numbers, randomDefinition } from '../support/random-definition.js';
import { randomEdits } from '../support/random-edits.js';

const apply = (definition: Definition, edits: readonly Edit[]): Definition =>
  applyEdits(definition, edits).definition;

const idsOf = (definition: Definition): Set<string> =>
  new Set([...walkSteps(definition.steps)].map(({ step }) => step.id));

/** What a merge of scalars must give, said without the merge: the title and the container of each step. */
const factsOf = (definition: Definition): ReadonlyMap<string, readonly (string | undefined)[]> =>
  new Map(
    [...walkSteps(definition.steps)].map(
      ({ step, parent }) => [step.id, [step.title, parent?.step.id]] as const,
    ),
  );

const most = 6;

const forPairs = (
  check: (base: Definition, ours: readonly Edit[], theirs: readonly Edit[]) => void,
  fresh: readonly (readonly string[])[],
): void => {
  fc.assert(
    fc.property(numbers, numbers, numbers, (first, second, third) => {
      const base = randomDefinition(choicesFrom(first));
      const ours = randomEdits(choicesFrom(second), base, most, fresh[0] ?? []);
      const theirs = randomEdits(choicesFrom(third), base, most, fresh[1] ?? []);
      check(base, ours, theirs);
    }),
    { numRuns: 400 },
  );
};

describe.each([
  ['of different new steps', ['n0', 'n1', 'n2'], ['m0', 'm1', 'm2']],
  ['of new steps with the same ids', ['n0', 'n1'], ['n0', 'n1']],
])('random edits, %s', (_, ...fresh) => {
  test('the edits lead from theirs to the merged definition, and nothing given is changed', () => {
    forPairs((base, ours, theirs) => {
      const before = JSON.stringify([base, ours, theirs]);
      const { definition, edits } = merge(base, ours, theirs);
      expect(sameJson(apply(apply(base, theirs), edits), definition)).toBe(true);
      expect(JSON.stringify([base, ours, theirs])).toBe(before);
    }, fresh);
  }, 60_000);

  test('without conflicts it does not matter who is ours, and each change of both is in', () => {
    let clean = 0;
    let conflicts = 0;
    forPairs((base, ours, theirs) => {
      const merged = merge(base, ours, theirs);
      const swapped = merge(base, theirs, ours);
      expect(merged.conflicts.length === 0).toBe(swapped.conflicts.length === 0);
      if (merged.conflicts.length > 0) {
        conflicts += 1;
        return;
      }
      clean += ours.length > 0 && theirs.length > 0 ? 1 : 0;
      expect(sameJson(merged.definition, swapped.definition)).toBe(true);

      const [mine, other] = [apply(base, ours), apply(base, theirs)];
      const [before, left, right] = [idsOf(base), idsOf(mine), idsOf(other)];
      const expected = [...new Set([...left, ...right])].filter(
        (id) => !before.has(id) || (left.has(id) && right.has(id)),
      );
      expect([...idsOf(merged.definition)].sort()).toEqual(expected.sort());
      const facts = [base, mine, other, merged.definition].map(factsOf);
      for (const id of expected) {
        const [was, first, second, now] = facts.map((each) => each.get(id));
        for (const index of [0, 1]) {
          const sides = [first, second].flatMap((side) => (side ? [{ value: side[index] }] : []));
          const changed = sides.find(({ value }) => !was || value !== was[index]) ?? sides[0];
          expect(now?.[index]).toBe(changed?.value);
        }
      }
    }, fresh);
    expect(clean).toBeGreaterThan(50);
    expect(conflicts).toBeGreaterThan(10);
  }, 60_000);

  test('merging with nothing, or with the same edits, changes nothing', () => {
    forPairs((base, ours, theirs) => {
      const alone = merge(base, ours, []);
      expect(alone.conflicts).toEqual([]);
      expect(sameJson(alone.definition, apply(base, ours))).toBe(true);
      const other = merge(base, [], theirs);
      expect(other).toMatchObject({ conflicts: [], edits: [] });
      expect(sameJson(other.definition, apply(base, theirs))).toBe(true);
      const twice = merge(base, ours, ours);
      expect(twice).toMatchObject({ conflicts: [], edits: [] });
      expect(sameJson(twice.definition, apply(base, ours))).toBe(true);
    }, fresh);
  }, 60_000);
});
