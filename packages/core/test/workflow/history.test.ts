import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/workflow/apply-edits.js';
import type { Definition, Step } from '../../src/workflow/definition.js';
import type { Edit } from '../../src/workflow/edit.js';
import { emptyHistory, type History, historyLimit, record, redo, undo } from '../../src/workflow/history.js';
import { choicesFrom, numbers, randomDefinition } from './support/random-definition.js';
import { randomEdits } from './support/random-edits.js';

const set = (id: string): Step => ({ id, kind: 'set', values: { x: 1, y: 1 } });
const start: Definition = { id: 'w', name: 'W', steps: [set('a'), set('b')] };

const change = (history: History, definition: Definition, edits: readonly Edit[]) => {
  const { definition: changed, inverse } = applyEdits(definition, edits);
  return { history: record(history, { edits, inverse, label: 'A change' }), definition: changed };
};
const values = (id: string, pointer: string, value: number): Edit => ({
  op: 'update',
  id,
  set: { [pointer]: value },
});

test('undo and redo say what they did', () => {
  const edits: readonly Edit[] = [{ op: 'remove', id: 'a' }];
  const done = change(emptyHistory, start, edits);
  const undone = undo(done.history, done.definition);
  expect(undone).toMatchObject({ definition: start, label: 'A change' });
  expect(undone.history.past).toEqual([]);
  const redone = redo(undone.history, undone.definition);
  expect(redone).toMatchObject({ definition: done.definition, edits, label: 'A change' });
  expect(redone.history).toEqual(done.history);
});

test('a new change ends what could be redone', () => {
  const done = change(emptyHistory, start, [{ op: 'remove', id: 'a' }]);
  const undone = undo(done.history, done.definition);
  const other = change(undone.history, undone.definition, [{ op: 'remove', id: 'b' }]);
  expect(() => redo(other.history, other.definition)).toThrow('There is nothing to redo.');
});

test('the oldest change goes first', () => {
  let state: { history: History; definition: Definition } = { history: emptyHistory, definition: start };
  for (let n = 0; n < historyLimit + 5; n += 1) {
    state = change(state.history, state.definition, [values('a', '/values/x', n)]);
  }
  expect(state.history.past).toHaveLength(historyLimit);
  while (state.history.past.length > 0) state = undo(state.history, state.definition);
  expect(state.definition.steps[0]).toMatchObject({ values: { x: 4 } });
  expect(() => undo(state.history, state.definition)).toThrow('There is nothing to undo.');
});

describe('after others changed the definition too', () => {
  const done = change(emptyHistory, start, [values('a', '/values/x', 2)]);

  test('what they did elsewhere stays', () => {
    const theirs = applyEdits(done.definition, [
      values('b', '/values/x', 3),
      { op: 'insert', step: set('c'), at: { first: true } },
    ]);
    const undone = undo(done.history, theirs.definition);
    expect(undone.definition.steps).toEqual([
      set('c'),
      set('a'),
      { id: 'b', kind: 'set', values: { x: 3, y: 1 } },
    ]);
    expect(redo(undone.history, undone.definition).definition).toEqual(theirs.definition);
  });

  test.each<[string, Edit, RegExp]>([
    ['they changed the same step', values('a', '/values/y', 3), /cannot be undone: "a" changed since/],
    ['they removed it', { op: 'remove', id: 'a' }, /cannot be undone: the steps changed since.*no step "a"/],
  ])('nothing is overwritten when %s', (_, edit, message) => {
    const theirs = applyEdits(done.definition, [edit]).definition;
    expect(() => undo(done.history, theirs)).toThrow(message);
    expect(done.history.past).toHaveLength(1);
  });
});

test('any sequence of changes, undos and redos passes through the recorded states', () => {
  let undone = 0;
  fc.assert(
    fc.property(
      numbers,
      fc.array(fc.tuple(fc.nat({ max: 3 }), numbers), { maxLength: 25 }),
      (first, moves) => {
        const began = randomDefinition(choicesFrom(first));
        /** The states by their distance from the start, byte for byte. */
        let states = [JSON.stringify(began)];
        let at = 0;
        let state: { history: History; definition: Definition } = {
          history: emptyHistory,
          definition: began,
        };
        for (const [move, choices] of moves) {
          if (move === 0 && at > 0) {
            state = undo(state.history, state.definition);
            at -= 1;
            undone += 1;
          } else if (move === 1 && at < states.length - 1) {
            state = redo(state.history, state.definition);
            at += 1;
          } else {
            const edits = randomEdits(choicesFrom(choices), state.definition, 3, ['n0', 'n1', 'n2']);
            state = change(state.history, state.definition, edits);
            at += 1;
            states = [...states.slice(0, at), JSON.stringify(state.definition)];
          }
          expect(JSON.stringify(state.definition)).toBe(states[at]);
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(undone).toBeGreaterThan(100);
}, 60_000);
