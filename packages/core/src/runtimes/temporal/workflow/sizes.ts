import type { RunEvent } from '../../../workflow/run.js';
import type { EventsPage } from '../common/contract.js';

/** Characters of JSON that go into one payload: Temporal refuses 2 MB, and a character may take three bytes. */
const payloadLength = 600_000;

/** Whether a value is small enough for a result or an argument. */
export const fitsPayload = (value: unknown): boolean => JSON.stringify(value).length <= payloadLength;

/** The events after `after`, as many as one answer holds, at least one. */
export const eventsPage = (all: readonly RunEvent[], after: number): EventsPage => {
  const rest = all.slice(Math.max(0, after));
  let length = 0;
  const over = rest.findIndex((event, index) => {
    length += JSON.stringify(event).length;
    return index > 0 && length > payloadLength;
  });
  return over < 0 ? { events: rest, more: false } : { events: rest.slice(0, over), more: true };
};
