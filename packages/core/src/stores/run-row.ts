import type { Json } from '../json.js';
import type { JournalEntry, RunLease, RunPatch, StoredRun } from '../ports/run-store.js';
import type { RunError, RunStatus } from '../workflow/run.js';

type StoredRunRow = StoredRun['run'];

/** A run as SQL tables keep it: what never changes as one JSON text, what changes in columns of its own. */
export interface RunRow {
  /** Its place in the order of creation. */
  readonly place: number;
  readonly base: string;
  readonly status: RunStatus;
  readonly output: string | null;
  readonly error: string | null;
  readonly ended_at: string | null;
}

/** A write, serialised when it is asked for: later changes of the caller's objects do not reach it. */
export type RunWrite =
  | {
      readonly kind: 'create';
      readonly owner: string;
      readonly runId: string;
      readonly workflowId: string;
      readonly base: string;
      readonly definition: string;
      readonly patch: PatchColumns;
    }
  | {
      readonly kind: 'append';
      readonly owner: string;
      readonly runId: string;
      readonly fence: number;
      readonly entries: readonly string[];
      readonly patch: PatchColumns | undefined;
    };

/** The columns that change; null leaves one as it is. */
export interface PatchColumns {
  readonly status: RunStatus;
  readonly output: string | null;
  readonly error: string | null;
  readonly endedAt: string | null;
  readonly rest: RunPatch['rest'];
}

const patchColumns = ({ status, output, error, endedAt, rest }: RunPatch): PatchColumns => ({
  status,
  output: output === undefined ? null : JSON.stringify(output),
  error: error === undefined ? null : JSON.stringify(error),
  endedAt: endedAt ?? null,
  rest,
});

/** Whether a status is that of a run that has not ended. */
export const isOpenStatus = (status: RunStatus): boolean => status === 'running' || status === 'waiting';

/** The write that stores a new run. */
export const createWrite = (owner: string, { run, definition }: StoredRun): RunWrite => {
  const { status, output, error, endedAt, ...base } = run;
  const patch: RunPatch = {
    status,
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
  return {
    kind: 'create',
    owner,
    runId: run.runId,
    workflowId: run.workflowId,
    base: JSON.stringify(base),
    definition: JSON.stringify(definition),
    patch: patchColumns(patch),
  };
};

/** The write that appends to a journal. */
export const appendWrite = (
  owner: string,
  { runId, fence }: RunLease,
  entries: readonly JournalEntry[],
  patch?: RunPatch,
): RunWrite => ({
  kind: 'append',
  owner,
  runId,
  fence,
  entries: entries.map((entry) => JSON.stringify(entry)),
  patch: patch && patchColumns(patch),
});

const parseBase = (text: string): Omit<StoredRunRow, 'status'> => JSON.parse(text);
const parseOutput = (text: string): Json => JSON.parse(text);
const parseError = (text: string): RunError => JSON.parse(text);

/** The run of a row. */
export const runOf = (row: RunRow): StoredRunRow => ({
  ...parseBase(row.base),
  status: row.status,
  ...(row.output === null ? {} : { output: parseOutput(row.output) }),
  ...(row.error === null ? {} : { error: parseError(row.error) }),
  ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
});
