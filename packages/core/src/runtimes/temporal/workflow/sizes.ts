import type { RunEvent } from '../../../workflow/run.js';
import type { EventsPage } from '../common/contract.js';

/** Characters of JSON that go into one payload: Temporal refuses 2 MB, and a character may take three bytes. */
const payloadLength = 600_000;

/** Whether a value is small enough for a result or an argument. */
export const fitsPayload = (value: unknown): boolean => JSON.stringify(value).length <= payloadLength;

/** The events after `after`, as many as one answer holds; or in how many parts the next one comes. */
export const eventsPage = (all: readonly RunEvent[], after: number): EventsPage => {
  const rest = all.slice(Math.max(0, after));
  let length = 0;
  const over = rest.findIndex((event) => {
    length += JSON.stringify(event).length;
    return length > payloadLength;
  });
  if (over < 0) return { events: rest, more: false };
  if (over > 0) return { events: rest.slice(0, over), more: true };
  return { events: [], more: true, parts: Math.ceil(length / payloadLength) };
};

/** A part of the JSON of the event that comes after `after`. */
export const eventPart = (all: readonly RunEvent[], after: number, part: number): string =>
  JSON.stringify(all[after]).slice(part * payloadLength, (part + 1) * payloadLength);
