import type { JournalEntry, StoredRun, TakenOverStep } from '../../ports/run-store.js';

/**
 * What a run takes over from the one it retries. Undefined when the journal of a retried run does not say: the server
 * stopped between the two writes of its start.
 */
export const takenOverIn = (
  { retryOf }: StoredRun['run'],
  entries: readonly JournalEntry[],
): readonly TakenOverStep[] | undefined => {
  if (retryOf === undefined) return [];
  const entry = entries.find(({ kind }) => kind === 'taken_over');
  return entry?.kind === 'taken_over' ? entry.steps : undefined;
};
