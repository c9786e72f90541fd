import { WorkflowError } from '../../../errors.js';
import type { ListPlace } from '../../../ports/run-archive.js';

/** Sorts runs as lists have them: newest first. */
export const byPlace = (a: ListPlace, b: ListPlace): number => (isAfter(a, b) ? 1 : isAfter(b, a) ? -1 : 0);

/** Whether a run comes after a place of a list. */
export const isAfter = (run: ListPlace, place: ListPlace): boolean =>
  run.at < place.at || (run.at === place.at && run.runId < place.runId);

/** Where a list goes on: with the open runs, or with those that have ended. */
export interface ListCursor {
  readonly which: 'open' | 'ended';
  /** Absent at their beginning. */
  readonly before?: ListPlace | undefined;
}

/** The text of a cursor. */
export const writeCursor = ({ which, before }: ListCursor): string =>
  before ? `${which}.${before.at}.${before.runId}` : which;

/** Of years that Temporal can compare. */
const pattern = /^(open|ended)(?:\.([0-6]?\d{1,12})\.(.{0,1000}))?$/;

/** Reads a cursor. Throws `invalid_request` for what no list has given. */
export const readCursor = (text: string): ListCursor => {
  const [, which, at, runId = ''] = pattern.exec(text) ?? [];
  if (which !== 'open' && which !== 'ended') {
    throw new WorkflowError(
      'invalid_request',
      'The cursor is not one of this list. Leave it out to start at the first page.',
    );
  }
  return { which, ...(at === undefined ? {} : { before: { at: Number(at), runId } }) };
};
