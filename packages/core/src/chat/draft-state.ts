import type { CheckedDefinition } from '../agent/working-draft.js';
import type { Session } from '../ports/session-store.js';
import type { Draft } from '../protocol/chat.js';
import type { DraftState, PatchOperation } from '../protocol/turn-events.js';
import { diffJson } from './diff-json.js';

/** The saved draft with what is wrong with it now. */
export const draftOf = (saved: Session['draft'], checked: CheckedDefinition | null): Draft | null =>
  saved && checked ? { ...checked, revision: saved.revision } : null;

/** The draft as clients mirror it. */
export const stateOf = (draft: Draft | null): DraftState =>
  draft ?? { definition: null, revision: 0, problems: [] };

/** The patch from one state to the next; its first operation tests that the client is at the former. */
export const stateDelta = (before: DraftState, after: DraftState): readonly PatchOperation[] => [
  { op: 'test', path: '/revision', value: before.revision },
  ...diffJson(before, after),
];
