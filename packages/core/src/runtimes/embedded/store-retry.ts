import { WorkflowError } from '../../errors.js';
import { takeOver } from '../../interpreter/take-over.js';
import type { Clock } from '../../ports/clock.js';
import type { Orchestrator } from '../../ports/orchestrator.js';
import type { JournalEntry, RunLease, RunStore, StoredRun } from '../../ports/run-store.js';
import { noRun } from '../common/run-errors.js';
import { startedBy } from '../common/started-by.js';
import { takenOverIn } from '../common/taken-over-in.js';
import { type ReplayDeps, replay } from './replay.js';

/** A run that is stored and has not begun. */
export interface StoredRetry {
  readonly lease: RunLease;
  readonly stored: StoredRun;
  readonly entries: readonly JournalEntry[];
}

/** Stores the run that retries an ended one: its journal begins with what it takes over. Throws as `Orchestrator.retry`. */
export const storeRetry = async (
  { runId, retryOf, from }: Parameters<Orchestrator['retry']>[0],
  deps: ReplayDeps & { readonly runs: RunStore; readonly clock: Clock },
): Promise<StoredRetry> => {
  const { runs, clock } = deps;
  const earlier = await runs.get(retryOf);
  if (!earlier) throw noRun(retryOf);
  const { run, definition } = earlier;
  if (run.endedAt === undefined) throw stillOpen(retryOf);
  const journal = await runs.journal(retryOf);
  const { events } = await replay(earlier, journal, deps);
  const takenOver = takenOverIn(run, journal) ?? [];
  const steps = takeOver({ runId: retryOf, definition, events, takenOver }, from);

  const at = clock.now();
  const { workflowId, version, input } = run;
  const startedAt = new Date(at).toISOString();
  const retry = {
    runId,
    workflowId,
    version,
    ...startedBy(run),
    status: 'running',
    input,
    startedAt,
    retryOf,
    retryFrom: from,
  } as const;
  const stored = { run: retry, definition };
  const lease = await runs.create(stored);
  await runs.append(lease, [{ kind: 'taken_over', steps, at }]);
  // Read again: somebody may have posted to it already.
  return { lease, stored, entries: await runs.journal(runId) };
};

const stillOpen = (runId: string): WorkflowError =>
  new WorkflowError('conflict', `The run "${runId}" has not ended: cancel it, or wait for its end.`);
