import type { Logger } from '../../../ports/logger.js';
import type { ArchivedRun, RunArchive } from '../../../ports/run-archive.js';
import type { RunEvent } from '../../../workflow/run.js';
import { toTheEnd } from './closing-events.js';
import type { TemporalConnection } from './connect-temporal.js';
import { readEvents } from './read-events.js';
import { readOrigin } from './read-origin.js';
import { readRecord } from './run-records.js';
import { type Described, endedRun, startedRow } from './run-rows.js';

/** Brings ended runs from Temporal into the archive. */
export interface EndedRuns {
  /** An ended run, from its history, without a worker; it is kept then. Undefined when its history is gone or not ours. */
  learn(described: Described): Promise<ArchivedRun | undefined>;
  /**
   * The events of an ended run; those that a worker had to give are kept then. Throws `worker_unavailable`, and
   * `not_found` when nobody has given them while Temporal kept the history.
   */
  eventsOf(ended: ArchivedRun): Promise<readonly RunEvent[]>;
}

/** Events in the history of a run that no worker has taken up: started, task scheduled, closed. */
const untouchedLength = 3;

/** Makes {@link EndedRuns}. Whoever reads is answered also when the archive is away. */
export const createEndedRuns = ({
  connection,
  archive,
  logger,
}: {
  readonly connection: TemporalConnection;
  readonly archive: Pick<RunArchive, 'put'>;
  readonly logger: Logger;
}): EndedRuns => {
  const keep = async (ended: ArchivedRun): Promise<void> => {
    try {
      await archive.put(ended);
    } catch (err) {
      logger.warn(
        { runId: ended.run.runId, err },
        'An ended run was not archived: the next reader or sweep tries again.',
      );
    }
  };

  return {
    async learn(described) {
      const row = startedRow(described);
      if (!row) return undefined;
      const [record, origin] = await Promise.all([
        readRecord(connection, described),
        readOrigin(connection, described),
      ]);
      if (!record || !origin) return undefined;
      const run = endedRun(row, record);
      const untouched = described.historyLength <= untouchedLength;
      const events = record.events ?? (untouched ? toTheEnd([], run) : undefined);
      const closedAt = (described.closeTime ?? new Date(record.endedAt)).getTime();
      const ended = { run, closedAt, origin, ...(events ? { events } : {}) };
      await keep(ended);
      return ended;
    },
    async eventsOf(ended) {
      if (ended.events) return ended.events;
      const events = toTheEnd(await readEvents(connection, ended.run.runId, 0), ended.run);
      await keep({ ...ended, events });
      return events;
    },
  };
};
