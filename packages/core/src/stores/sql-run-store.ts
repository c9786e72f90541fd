import type { JournalEntry, RunStore } from '../ports/run-store.js';
import { type Commit, commitQueue } from './commit-queue.js';
import { type OwnerTables, shareRuns } from './ownership.js';
import { pageSize, runPlace, toPage } from './paging.js';
import { parsedDefinitions } from './parsed-definitions.js';
import { appendWrite, createWrite, type RunRow, type RunWrite, runOf } from './run-row.js';
import { noRun } from './store-errors.js';

/** What a SQL database has to answer for {@link sqlRunStore}. All methods throw `store_unavailable`. */
export interface RunTables {
  /** Writes a batch in one transaction; durable when it resolves. Answers how long each journal is then. */
  readonly commit: Commit<RunWrite, number>;
  /** Appends an entry if the run is open and its journal has `length` entries, when that is given. */
  post(runId: string, entry: string, length: number | undefined): Promise<boolean>;
  find(runId: string): Promise<(RunRow & { readonly definition: string }) | undefined>;
  /** The journal's texts in order, without the first `after`. */
  entries(runId: string, after: number): Promise<readonly string[]>;
  /** Newest first, at most `count` with a place below `before`. */
  page(query: {
    readonly count: number;
    readonly before: number | undefined;
    readonly workflowId: string | undefined;
  }): Promise<readonly RunRow[]>;
}

const parseEntry = (text: string): JournalEntry => JSON.parse(text);

/**
 * A run store over SQL tables, whose `owner` has been registered. Its `close` waits for the writes under way and gives the
 * runs up; the database belongs to whoever opened it.
 */
export const sqlRunStore = (options: {
  readonly kind: string;
  readonly owner: string;
  readonly leaseMs: number;
  readonly tables: RunTables;
  readonly owners: OwnerTables;
}): RunStore => {
  const { kind, owner, leaseMs, tables, owners } = options;
  const queue = commitQueue(tables.commit);
  const definitionOf = parsedDefinitions();
  const shared = shareRuns(owners, owner, leaseMs);

  const requireRun = async (runId: string): Promise<void> => {
    if (!(await tables.find(runId))) throw noRun(runId);
  };

  return {
    kind,
    owner,
    pollMs: shared.pollMs,
    async create(stored) {
      await queue.add(createWrite(owner, stored));
      return { runId: stored.run.runId, fence: 1 };
    },
    append: async (lease, entries, patch) => queue.add(appendWrite(owner, lease, entries, patch)),
    async post(runId, entry, length) {
      const posted = await tables.post(runId, JSON.stringify(entry), length);
      if (!posted) await requireRun(runId);
      return posted;
    },
    async get(runId) {
      const row = await tables.find(runId);
      return row && { run: runOf(row), definition: definitionOf(row.definition) };
    },
    async journal(runId, after = 0) {
      const entries = await tables.entries(runId, after);
      if (entries.length === 0) await requireRun(runId);
      return entries.map(parseEntry);
    },
    open: shared.open,
    poll: shared.poll,
    async list({ limit, cursor, workflowId }) {
      const size = pageSize(limit);
      const before = cursor === undefined ? undefined : runPlace(cursor);
      const rows = await tables.page({ count: size + 1, before, workflowId });
      return toPage(rows, size, runOf, (row) => String(row.place));
    },
    async close() {
      await queue.drain();
      await shared.close();
    },
  };
};
