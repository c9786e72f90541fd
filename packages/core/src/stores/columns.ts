import { WorkflowError } from '../errors.js';
import { isRecord } from '../json.js';
import type { ClaimedRun } from '../ports/run-store.js';
import type { RunStatus } from '../workflow/run.js';
import type { RunRow } from './run-row.js';

/** Readers of the rows that SQL drivers answer with: what is not as the tables promise is `store_unavailable`. */
const wrong = (column: string): WorkflowError =>
  new WorkflowError(
    'store_unavailable',
    `Column "${column}" of the database holds something unexpected. Check that nothing else writes to its tables.`,
  );

const cell = (row: unknown, column: string): unknown => (isRecord(row) ? row[column] : undefined);

/** A column of text. */
export const text = (row: unknown, column: string): string => {
  const value = cell(row, column);
  if (typeof value !== 'string') throw wrong(column);
  return value;
};

/** A column of text that may be empty. */
export const textOrNull = (row: unknown, column: string): string | null =>
  cell(row, column) === null ? null : text(row, column);

/** A column of whole numbers; drivers give large ones as text. */
export const integer = (row: unknown, column: string): number => {
  const value = Number(cell(row, column));
  if (!Number.isSafeInteger(value)) throw wrong(column);
  return value;
};

const integerOrNull = (row: unknown, column: string): number | null =>
  cell(row, column) === null ? null : integer(row, column);

/** A row that a claim gives back: `run_id, fence, wake_at`. */
export const claimedRow = (row: unknown): ClaimedRun => ({
  runId: text(row, 'run_id'),
  fence: integer(row, 'fence'),
  wakeAt: integerOrNull(row, 'wake_at'),
});

const statuses: readonly RunStatus[] = ['running', 'waiting', 'succeeded', 'failed', 'cancelled'];

/** The columns of {@link runRow}, for SELECT. */
export const runColumns = 'place, base, status, output, error, ended_at';

/** A row of the table of runs. */
export const runRow = (row: unknown): RunRow => {
  const status = statuses.find((one) => one === cell(row, 'status'));
  if (!status) throw wrong('status');
  return {
    place: integer(row, 'place'),
    base: text(row, 'base'),
    status,
    output: textOrNull(row, 'output'),
    error: textOrNull(row, 'error'),
    ended_at: textOrNull(row, 'ended_at'),
  };
};
