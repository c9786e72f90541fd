import type { Catalog } from '../../catalog/catalog.js';
import type { Logger } from '../../ports/logger.js';
import type { JournalEntry, StoredRun } from '../../ports/run-store.js';
import type { RunEvent } from '../../workflow/run.js';
import { createJournaledRuntime, type JournaledRuntime } from '../common/journaled-runtime.js';
import { runOver } from './run-over.js';

/** What a replay needs. */
export interface ReplayDeps {
  readonly catalog: Catalog;
  readonly logger: Logger;
  readonly timeScale: number;
}

/** A run interpreted over its journal, without any effect. */
export interface Replay {
  readonly journaled: JournaledRuntime;
  /** Grows with what is delivered. */
  readonly events: readonly RunEvent[];
  /** Goes on over further entries. */
  deliver(entries: readonly JournalEntry[]): Promise<void>;
}

/** Interprets a run over its journal, as far as it goes. */
export const replay = async (
  stored: StoredRun,
  entries: readonly JournalEntry[],
  deps: ReplayDeps,
): Promise<Replay> => {
  const events: RunEvent[] = [];
  const journaled = createJournaledRuntime(stored, deps.timeScale, (event) => events.push(event));
  void runOver(stored, entries, journaled, deps);
  const deliver = async (more: readonly JournalEntry[]): Promise<void> => {
    for (const entry of more) journaled.deliver(entry);
    // A run that breaks says so in the next microtask.
    await undefined;
  };
  await deliver(entries);
  return { journaled, events, deliver };
};
