import type { Logger } from '../../../ports/logger.js';
import type { TemporalConnection } from './connect-temporal.js';

/** Of `temporal.api.enums.v1.HistoryEventFilterType`. */
const closeEvent = 2;

/**
 * A signal that aborts when the run ends: the server answers then, without a worker and without an event. It never does
 * where the server goes away meanwhile. `stop` ends the asking.
 */
export const endOf = (
  deps: { readonly connection: TemporalConnection; readonly logger: Logger; readonly runId: string },
  stop: AbortSignal,
): AbortSignal => {
  const { client, namespace } = deps.connection;
  const end = new AbortController();

  const ask = async (): Promise<void> => {
    let execution: { workflowId: string; runId?: string } = { workflowId: deps.runId };
    let token: Uint8Array | undefined;
    for (;;) {
      // Answers after some twenty seconds with no event when there is none.
      const { history, nextPageToken } = await client.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution,
        waitNewEvent: true,
        historyEventFilterType: closeEvent,
        ...(token ? { nextPageToken: token } : {}),
      });
      const event = history?.events?.[0];
      const fresh = event?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
      if (event && !fresh) return end.abort();
      if (fresh) execution = { ...execution, runId: fresh };
      token = event ? undefined : nextPageToken;
    }
  };

  client.connection.withAbortSignal(stop, ask).catch((err: unknown) => {
    if (!stop.aborted) deps.logger.debug({ runId: deps.runId, err }, 'The end of a run is not told.');
  });
  return end.signal;
};
