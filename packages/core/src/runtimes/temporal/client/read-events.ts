import { WorkflowError } from '../../../errors.js';
import type { RunEvent } from '../../../workflow/run.js';
import { type EventsPage, messages } from '../common/contract.js';
import { askWorker } from './ask-worker.js';
import type { TemporalConnection } from './connect-temporal.js';

/** The events of a run after `after`, from a worker. Throws `worker_unavailable`; `not_found` when its history is gone. */
export const readEvents = async (
  connection: TemporalConnection,
  runId: string,
  after: number,
): Promise<readonly RunEvent[]> => {
  const events: RunEvent[] = [];

  const query = <Answer, Args extends number[]>(name: string, ...args: Args): Promise<Answer> =>
    askWorker(connection, async ({ WorkflowNotFoundError }) => {
      try {
        return await connection.client.workflow.getHandle(runId).query<Answer, Args>(name, ...args);
      } catch (error) {
        throw error instanceof WorkflowNotFoundError ? gone(runId) : error;
      }
    });

  for (;;) {
    const next = Math.max(0, after) + events.length;
    const page = await query<EventsPage, [number]>(messages.events, next);
    events.push(...page.events);
    if (page.parts !== undefined) {
      let text = '';
      for (let part = 0; part < page.parts; part += 1)
        text += await query<string, [number, number]>(messages.eventPart, next, part);
      events.push(parseEvent(text));
    }
    if (!page.more) return events;
  }
};

const parseEvent = (text: string): RunEvent => JSON.parse(text);

const gone = (runId: string): WorkflowError =>
  new WorkflowError(
    'not_found',
    `Temporal keeps no history of the run "${runId}" from which to read its events.`,
  );
