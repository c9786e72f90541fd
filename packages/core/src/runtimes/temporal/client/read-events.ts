import type { RunEvent } from '../../../workflow/run.js';
import { type EventsPage, messages } from '../common/contract.js';
import { askWorker } from './ask-worker.js';
import type { TemporalConnection } from './connect-temporal.js';

/** The events of a run after `after`, from a worker. Throws `worker_unavailable`. */
export const readEvents = async (
  connection: TemporalConnection,
  runId: string,
  after: number,
): Promise<readonly RunEvent[]> => {
  const events: RunEvent[] = [];
  for (;;) {
    const page = await askWorker(connection, () =>
      connection.client.workflow
        .getHandle(runId)
        .query<EventsPage, [number]>(messages.events, Math.max(0, after) + events.length),
    );
    events.push(...page.events);
    if (!page.more) return events;
  }
};
