import { WorkflowError } from '../../errors.js';
import type { JournalEntry, RunStore, StoredRun } from '../../ports/run-store.js';
import type { OwnedRuns } from './owned-runs.js';

/** What runs do to one another, whichever process owns them. All throw what the store throws. */
export interface Relatives {
  exists(runId: string): Promise<boolean>;
  /** Stores a run and goes on with it; one that exists already is left alone. */
  start(stored: StoredRun): Promise<void>;
  /** Adds to the journal of a run; durable when it resolves. One that has ended, or was never started, is left alone. */
  tell(runId: string, entry: JournalEntry): Promise<void>;
}

/** Makes {@link Relatives}; while this process closes, what it starts is left to the next owner. */
export const createRelatives = (
  runs: RunStore,
  owned: () => Pick<OwnedRuns, 'awake' | 'begin' | 'wake'>,
  closing: () => boolean,
): Relatives => ({
  exists: async (runId) => owned().awake(runId) !== undefined || (await runs.get(runId)) !== undefined,
  async start(stored) {
    try {
      const lease = await runs.create(stored);
      if (!closing()) owned().begin(lease, stored);
    } catch (error) {
      if (!WorkflowError.is(error) || error.code !== 'already_exists') throw error;
    }
  },
  async tell(runId, entry) {
    const run = await owned().wake(runId);
    try {
      if (run) return await run.tell(entry);
    } catch (error) {
      // Another process has just taken it over.
      if (!WorkflowError.is(error) || error.code !== 'stale_lease') throw error;
    }
    if (await runs.get(runId)) await runs.post(runId, entry);
  },
});
