import type { DraftState, TurnEvent } from '@fk-workflow/core/protocol';
import { applyPatch } from './apply-patch.js';

/** The state before anything is drafted. */
export const emptyDraft: DraftState = { definition: null, revision: 0, problems: [] };

/**
 * The draft after an event of a turn; events that do not concern it leave it as it is. `'stale'` when a delta
 * does not fit: the copy is out of step and has to be read again from the session.
 */
export const mirrorDraft = (state: DraftState, event: TurnEvent): DraftState | 'stale' => {
  if (event.type === 'STATE_SNAPSHOT') return event.snapshot;
  if (event.type !== 'STATE_DELTA') return state;
  const result = applyPatch(state, event.delta);
  return result.ok && isDraftState(result.value) ? result.value : 'stale';
};

const isDraftState = (value: unknown): value is DraftState =>
  typeof value === 'object' &&
  value !== null &&
  'revision' in value &&
  typeof value.revision === 'number' &&
  'problems' in value &&
  Array.isArray(value.problems) &&
  'definition' in value &&
  typeof value.definition === 'object';
