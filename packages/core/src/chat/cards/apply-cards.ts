import type { WorkingDraft } from '../../agent/working-draft.js';
import type { Session } from '../../ports/session-store.js';
import type { ActionLookup } from '../../workflow/action-spec.js';
import { handEdits, stepsOfCards } from './hand-edits.js';
import type { GivenCard } from './read-cards.js';
import { toCards } from './to-cards.js';

/**
 * Brings what a person changed on the first version's page into the draft; without a draft the cards become it.
 * Throws `invalid_request` and `invalid_definition` when the result would be no workflow.
 */
export const applyCards = (
  given: readonly GivenCard[],
  session: Session,
  draft: WorkingDraft,
  actions: ActionLookup,
): void => {
  const definition = draft.current()?.definition;
  if (!definition) {
    if (given.length > 0) {
      draft.create({ id: 'workflow', name: 'Workflow', steps: stepsOfCards(given, actions) });
    }
    return;
  }
  const own = toCards(definition, actions);
  // What was sent tells what the page started from, as long as it still is card by card the draft.
  const sent = session.sentCards?.length === own.length ? session.sentCards : own;
  const edits = handEdits(given, sent, definition, actions);
  if (edits.length > 0) draft.apply(edits);
};
