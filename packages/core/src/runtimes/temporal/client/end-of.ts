import type { Logger } from '../../../ports/logger.js';
import type { RunRecord } from '../common/contract.js';
import type { TemporalConnection } from './connect-temporal.js';
import { awaitRecord } from './run-records.js';

/** What the server tells of the end of a run. */
export interface ToldEnd {
  /** Aborts when the run has ended. */
  readonly told: AbortSignal;
  /** Its record from then on; undefined also of a run that was ended in Temporal. */
  record(): RunRecord | undefined;
}

/**
 * Waits for the end of a run: the server answers then, without a worker and without an event. It never does where the server
 * goes away meanwhile. `stop` ends the asking.
 */
export const endOf = (
  deps: { readonly connection: TemporalConnection; readonly logger: Logger; readonly runId: string },
  stop: AbortSignal,
): ToldEnd => {
  const { connection, logger, runId } = deps;
  const told = new AbortController();
  let record: RunRecord | undefined;

  const ask = async (): Promise<void> => {
    const sdk = await connection.call(async (loaded) => loaded);
    record = await connection.client.connection.withAbortSignal(stop, () =>
      awaitRecord(connection.client, sdk, { workflowId: runId }),
    );
    told.abort();
  };

  ask().catch((err: unknown) => {
    if (!stop.aborted) logger.debug({ runId, err }, 'The end of a run is not told.');
  });
  return { told: told.signal, record: () => record };
};
