import type { ArchivedRun, ListPlace, RunOrigin } from '../ports/run-archive.js';
import type { RunEvent } from '../workflow/run.js';
import { integer, text, textOrNull } from './columns.js';

/** The columns of an archived run that are JSON, serialised when it is put: later changes of the caller's objects do not reach it. */
export interface ArchiveTexts {
  readonly run: string;
  readonly origin: string;
  readonly events: string | null;
}

/** Serialises an archived run. */
export const archiveTexts = ({ run, origin, events }: ArchivedRun): ArchiveTexts => ({
  run: JSON.stringify(run),
  origin: JSON.stringify(origin),
  events: events ? JSON.stringify(events) : null,
});

const parseRun = (json: string): ArchivedRun['run'] => JSON.parse(json);
const parseOrigin = (json: string): RunOrigin => JSON.parse(json);
const parseEvents = (json: string): readonly RunEvent[] => JSON.parse(json);

/** The archived run of a row (`run, closed_at, origin, events`). */
export const archivedOf = (row: unknown): ArchivedRun => {
  const events = textOrNull(row, 'events');
  return {
    ...listedOf(row),
    origin: parseOrigin(text(row, 'origin')),
    ...(events === null ? {} : { events: parseEvents(events) }),
  };
};

/** The same as a list has it (`run, closed_at`). */
export const listedOf = (row: unknown): Pick<ArchivedRun, 'run' | 'closedAt'> => ({
  run: parseRun(text(row, 'run')),
  closedAt: integer(row, 'closed_at'),
});

/** The answer of `kept` for a row (`run_id, has_events`). */
export const keptOf = (row: unknown): { readonly runId: string; readonly hasEvents: boolean } => ({
  runId: text(row, 'run_id'),
  hasEvents: integer(row, 'has_events') === 1,
});

/** Before every place of a list. */
export const firstPlace: ListPlace = { at: Number.MAX_SAFE_INTEGER, runId: '' };
