import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handEdits } from '../../../src/chat/cards/hand-edits.js';
import { readCards } from '../../../src/chat/cards/read-cards.js';
import { toCards } from '../../../src/chat/cards/to-cards.js';
import type { StepCard } from '../../../src/protocol/chat.js';
import { applyEdits } from '../../../src/workflow/apply-edits.js';
import type { Definition } from '../../../src/workflow/definition.js';
import { walkSteps } from '../../../src/workflow/walk.js';
import { catalog } from '../support/catalog.js';

const definition: Definition = {
  id: 'chase',
  name: 'Chase',
  steps: [
    { id: 'ask', kind: 'action', action: 'send_email', input: { to: 'a@example.com', subject: 'ETA' } },
    { id: 'pause', kind: 'wait', duration: 'PT48H' },
    { id: 'inbox', kind: 'action', action: 'check_inbox', input: {} },
    {
      id: 'answered',
      kind: 'branch',
      cases: [
        {
          when: '${{ steps.inbox.output.hasReply }}',
          steps: [{ id: 'thanks', kind: 'action', action: 'send_email', input: { to: 'a@example.com' } }],
        },
      ],
      otherwise: [{ id: 'tell', kind: 'action', action: 'notify_ops', input: { message: 'Late' } }],
    },
    { id: 'note', kind: 'action', action: 'notify_ops', input: { message: 'Done' } },
  ],
};
const sent = toCards(definition, catalog);
const [ask, pause, inbox, answered, thanks, tell, note] = sent as [StepCard, ...StepCard[]] & StepCard[];

const editsFor = (cards: readonly unknown[]) =>
  handEdits(readCards(JSON.stringify(cards), catalog, 500), sent, definition, catalog);
const after = (cards: readonly unknown[]) => applyEdits(definition, editsFor(cards)).definition;
const order = (result: Definition) => [...walkSteps(result.steps)].map(({ step }) => step.id);

describe('hand edits', () => {
  test('are none for the same cards, renumbered or with another status', () => {
    expect(editsFor(sent)).toEqual([]);
    expect(
      editsFor(sent.map((card) => ({ ...card, status: 'completed', stepNumber: card.stepNumber + 1 }))),
    ).toEqual([]);
  });

  test('leave the parameters of a card that says nothing of them', () => {
    expect(editsFor(sent.map(({ params: _, ...card }) => card))).toEqual([]);
  });

  test('update what differs in parameters and title, and remove what is gone from them', () => {
    const cards = [{ ...ask, title: 'Ask the dock', params: { to: 'b@example.com' } }, ...sent.slice(1)];
    expect(editsFor(cards)).toEqual([
      { op: 'update', id: 'ask', set: { '/input/to': 'b@example.com' }, unset: ['/input/subject'] },
      { op: 'update', id: 'ask', set: { '/title': 'Ask the dock' } },
    ]);
  });

  test('update a wait and the conditions of a branch', () => {
    const cards = sent.map((card) => {
      if (card === pause) return { ...card, params: { duration: 3, unit: 'days' } };
      return card === answered ? { ...card, params: { conditions: ['${{ true }}'] } } : card;
    });
    expect(editsFor(cards)).toEqual([
      { op: 'update', id: 'answered', set: { '/cases/0/when': '${{ true }}' } },
      { op: 'update', id: 'pause', set: { '/duration': '3 days' } },
    ]);
  });

  test('remove a card that is missing, also when the page renumbers the rest', () => {
    const cards = sent
      .filter((card) => card !== ask)
      .map((card, index) => ({ ...card, stepNumber: index + 1 }));
    expect(editsFor(cards)).toEqual([{ op: 'remove', id: 'ask' }]);
    expect(order(after([ask, pause, inbox, note]))).toEqual(['ask', 'pause', 'inbox', 'note']);
  });

  test('move as few steps as they can', () => {
    expect(editsFor([pause, ask, inbox, answered, thanks, tell, note])).toHaveLength(1);
    expect(order(after([note, ask, pause, inbox, answered, thanks, tell]))).toEqual([
      'note',
      'ask',
      'pause',
      'inbox',
      'answered',
      'thanks',
      'tell',
    ]);
  });

  test('move a branch with what is inside it, and steps out of a branch that is removed', () => {
    expect(order(after([answered, ask, pause, inbox, thanks, tell, note]))[0]).toBe('answered');
    expect(order(after([ask, pause, inbox, thanks, tell, note]))).toEqual([
      'ask',
      'pause',
      'inbox',
      'thanks',
      'tell',
      'note',
    ]);
  });

  test('insert a new card before the one after it, or at the end, with an id of its own', () => {
    const card = { actionId: 'notify_ops', params: { message: 'New' } };
    expect(editsFor([card, ...sent])).toEqual([
      {
        op: 'insert',
        at: { before: 'ask' },
        step: { id: 'notify_ops', kind: 'action', action: 'notify_ops', input: { message: 'New' } },
      },
    ]);
    expect(after([...sent, card]).steps.at(-1)).toMatchObject({ id: 'notify_ops' });
  });

  test('of any cards give a definition with these cards in it (property)', () => {
    const fresh = { actionId: 'wait_timer', params: { duration: 'PT1H' } };
    fc.assert(
      fc.property(fc.shuffledSubarray([...sent.entries()]), fc.nat(7), ([...entries], place) => {
        const cards: unknown[] = entries.map(([, card]) => card);
        cards.splice(place, 0, fresh);
        const kinds = (list: readonly { actionId: string }[]) =>
          list.map(({ actionId }) => actionId).toSorted();
        const result = toCards(after(cards), catalog);
        expect(kinds(result)).toEqual(kinds(cards as { actionId: string }[]));
      }),
      { numRuns: 500 },
    );
  });
});
