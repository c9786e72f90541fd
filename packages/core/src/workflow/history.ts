import { WorkflowError } from '../errors.js';
import { applyEdits } from './apply-edits.js';
import type { Definition } from './definition.js';
import { diff } from './diff/diff.js';
import type { Edit } from './edit.js';
import { sameJson } from './same-json.js';

/** Most steps back that are kept; the oldest goes first. */
export const historyLimit = 100;

/** A change that can be taken back. */
export interface HistoryEntry {
  readonly edits: readonly Edit[];
  /** As `applyEdits` gave it with `edits`. */
  readonly inverse: readonly Edit[];
  /** What the change is called in a menu, e.g. `Remove “Wait 48 hours”`. */
  readonly label: string;
}

/** What can be undone and redone: plain JSON, newest last in both. */
export interface History {
  readonly past: readonly HistoryEntry[];
  readonly future: readonly HistoryEntry[];
}

/** What {@link undo} and {@link redo} give. */
export interface HistoryStep {
  readonly history: History;
  readonly definition: Definition;
  /** What was applied to get there. */
  readonly edits: readonly Edit[];
  readonly label: string;
}

/** A history in which nothing has happened. */
export const emptyHistory: History = { past: [], future: [] };

/**
 * Notes a change that was just made. What had been undone cannot be redone any more.
 *
 * @example
 * const { definition, inverse } = applyEdits(draft, edits);
 * const history = record(emptyHistory, { edits, inverse, label: 'Move “Ask”' });
 * undo(history, definition).definition; // equals draft
 */
export const record = (history: History, entry: HistoryEntry): History => ({
  past: [...history.past, entry].slice(-historyLimit),
  future: [],
});

/**
 * Takes the newest change back, exactly. What others changed since stays when it has nothing to do with it; where both
 * meet, nothing is undone.
 * Throws `conflict` when there is nothing to undo, or naming the steps that have changed since.
 */
export const undo = (history: History, definition: Definition): HistoryStep => {
  const entry = history.past.at(-1);
  if (!entry) throw new WorkflowError('conflict', 'There is nothing to undo.');
  const { definition: undone } = applyExactly(definition, entry.inverse, entry.edits, 'undone');
  return {
    history: { past: history.past.slice(0, -1), future: [...history.future, entry] },
    definition: undone,
    edits: entry.inverse,
    label: entry.label,
  };
};

/** Makes the change that was undone last again. Throws `conflict` like {@link undo}. */
export const redo = (history: History, definition: Definition): HistoryStep => {
  const entry = history.future.at(-1);
  if (!entry) throw new WorkflowError('conflict', 'There is nothing to redo.');
  const { definition: redone, inverse } = applyExactly(definition, entry.edits, entry.inverse, 'redone');
  return {
    history: { past: [...history.past, { ...entry, inverse }], future: history.future.slice(0, -1) },
    definition: redone,
    edits: entry.edits,
    label: entry.label,
  };
};

/**
 * Applies edits whose opposite then leads back to where it began. Where it does not, they would overwrite a change that this
 * history does not know of.
 */
const applyExactly = (
  definition: Definition,
  edits: readonly Edit[],
  opposite: readonly Edit[],
  verb: string,
): { readonly definition: Definition; readonly inverse: readonly Edit[] } => {
  const applied = attempt(definition, edits, verb);
  const back = attempt(applied.definition, opposite, verb).definition;
  if (sameJson(back, definition)) return applied;
  const ids = new Set(diff(definition, back).flatMap((edit) => ('id' in edit ? [edit.id] : [])));
  const names = [...ids].map((id) => `"${id}"`).join(', ') || 'the workflow';
  throw new WorkflowError('conflict', `It cannot be ${verb}: ${names} changed since. Change it by hand.`);
};

const attempt = (definition: Definition, edits: readonly Edit[], verb: string) => {
  try {
    return applyEdits(definition, edits);
  } catch (error) {
    if (!WorkflowError.is(error)) throw error;
    throw new WorkflowError('conflict', `It cannot be ${verb}: the steps changed since. ${error.message}`, {
      cause: error,
    });
  }
};
