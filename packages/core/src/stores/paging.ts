import { WorkflowError } from '../errors.js';

/** The page size a store uses: `limit` brought into 1–100. */
export const pageSize = (limit: number): number =>
  Number.isFinite(limit) ? Math.min(100, Math.max(1, Math.floor(limit))) : 100;

/**
 * Reads the cursor of a list of runs: the place in order of creation of the last run shown.
 * Throws `invalid_request` for anything this library did not hand out.
 */
export const runPlace = (cursor: string): number => {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new WorkflowError(
      'invalid_request',
      'The cursor is not one of this list. Leave it out to start at the first page.',
    );
  }
  return Number(cursor);
};

/** Makes a page of at most `size` from up to `size + 1` rows: the one too many says that there is a next page. */
export const toPage = <Row, Item>(
  rows: readonly Row[],
  size: number,
  item: (row: Row) => Item,
  cursor: (row: Row) => string,
): { readonly items: readonly Item[]; readonly nextCursor?: string } => {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  const items = shown.map(item);
  return rows.length > size && last !== undefined ? { items, nextCursor: cursor(last) } : { items };
};
