import type { ArchivedRun, RunArchive } from '../../../ports/run-archive.js';
import type { Run } from '../../../workflow/run.js';
import type { EndedRuns } from './ended-runs.js';
import { type Described, hasEnded, startedRow } from './run-rows.js';

/** A run that was looked up. */
export type LookedUpRun =
  | { readonly ended: ArchivedRun; readonly open?: never }
  /** As it was started. */
  | { readonly open: Omit<Run, 'status'>; readonly ended?: never };

/**
 * Makes a function that looks a run up, in the archive first: undefined when neither that nor Temporal knows it. While one
 * of them is away, what the other knows is found all the same.
 */
export const createLookUp =
  ({
    archive,
    endedRuns,
    describe,
  }: {
    readonly archive: Pick<RunArchive, 'get'>;
    readonly endedRuns: Pick<EndedRuns, 'learn'>;
    /** Undefined when Temporal has no such run of ours. */
    readonly describe: (runId: string) => Promise<Described | undefined>;
  }): ((runId: string) => Promise<LookedUpRun | undefined>) =>
  async (runId) => {
    const [kept] = await Promise.allSettled([archive.get(runId)]);
    if (kept.status === 'fulfilled' && kept.value) return { ended: kept.value };
    const described = await describe(runId);
    if (described) {
      const row = startedRow(described);
      if (row && !hasEnded(described)) return { open: row };
      const ended = await endedRuns.learn(described);
      if (ended) return { ended };
    }
    // Only the archive could say whether there is one.
    if (kept.status === 'rejected') throw kept.reason;
    return undefined;
  };
