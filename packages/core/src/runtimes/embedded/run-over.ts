import type { Catalog } from '../../catalog/catalog.js';
import { interpret } from '../../interpreter/interpret.js';
import type { RunOutcome } from '../../interpreter/outcome.js';
import type { Runtime } from '../../interpreter/runtime.js';
import type { Logger } from '../../ports/logger.js';
import type { JournalEntry, StoredRun } from '../../ports/run-store.js';
import type { JournaledRuntime } from '../common/journaled-runtime.js';
import { takenOverIn } from '../common/taken-over-in.js';

/**
 * Interprets a stored run over its journal, of which `entries` are known. Never rejects: a bug fails the run with code
 * `internal`.
 */
export const runOver = async (
  { run, definition }: StoredRun,
  entries: readonly JournalEntry[],
  { runtime }: JournaledRuntime,
  { catalog, logger }: { readonly catalog: Catalog; readonly logger: Logger },
): Promise<RunOutcome> => {
  try {
    const takenOver = takenOverIn(run, entries);
    if (!takenOver) return neverBegan(run, runtime);
    const { input, trigger = null } = run;
    return await interpret({ definition, input, trigger, actions: catalog, takenOver }, runtime);
  } catch (error) {
    logger.error({ runId: run.runId, err: error }, 'A run broke because of a bug.');
    const failure = { code: 'internal', message: 'The run could not go on. The log of the server says why.' };
    runtime.emit({ type: 'run.failed', path: '', error: failure });
    return { status: 'failed', error: failure };
  }
};

const neverBegan = (run: StoredRun['run'], runtime: Runtime): RunOutcome => {
  const message = 'The server stopped before this retry had begun: retry the earlier run again.';
  const error = { code: 'interrupted', message };
  runtime.emit({ type: 'run.started', path: '', input: run.input });
  runtime.emit({ type: 'run.failed', path: '', error });
  return { status: 'failed', error };
};
