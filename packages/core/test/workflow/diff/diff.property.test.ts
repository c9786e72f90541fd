import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits } from '../../../src/workflow/apply-edits.js';
import { diff } from '../../../src/workflow/diff/diff.js';
import { sameJson } from '../../../src/workflow/same-json.js';
import { choicesFrom, numbers, randomDefinition } from '../support/random-definition.js';
import { randomEdits } from '../support/random-edits.js';

test('applied to the first of two random definitions, the diff gives the second', () => {
  let edits = 0;
  fc.assert(
    fc.property(numbers, numbers, (first, second) => {
      const [from, to] = [randomDefinition(choicesFrom(first)), randomDefinition(choicesFrom(second))];
      const before = JSON.stringify([from, to]);
      const found = diff(from, to);
      edits += found.length;
      expect(JSON.stringify([from, to])).toBe(before);
      const applied = applyEdits(from, found);
      expect(sameJson(applied.definition, to)).toBe(true);
      expect(sameJson(applyEdits(applied.definition, applied.inverse).definition, from)).toBe(true);
      expect(diff(applied.definition, to)).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
  expect(edits).toBeGreaterThan(2_000);
}, 60_000);

test('one random edit is found as one edit, a replacement by a new step as two', () => {
  let found = 0;
  fc.assert(
    fc.property(numbers, numbers, (first, second) => {
      const from = randomDefinition(choicesFrom(first));
      const [edit] = randomEdits(choicesFrom([1, ...second]), from, 1, ['n0', 'n1', 'n2']);
      // A replacement that keeps the id is told by what it changed, which may be much.
      if (!edit || (edit.op === 'replace' && edit.id === edit.step.id)) return;
      const edits = diff(from, applyEdits(from, [edit]).definition);
      found += edits.length;
      expect(edits.length).toBeLessThanOrEqual(edit.op === 'replace' ? 2 : 1);
    }),
    { numRuns: 1_000 },
  );
  expect(found).toBeGreaterThan(300);
}, 60_000);
