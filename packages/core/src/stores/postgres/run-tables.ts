import type { WorkflowError } from '../../errors.js';
import { integer, runColumns, runRow, text } from '../columns.js';
import { isOpenStatus, type PatchColumns, type RunWrite } from '../run-row.js';
import type { RunTables } from '../sql-run-store.js';
import { noRun, runExists, staleRun, takenForDead } from '../store-errors.js';
import type { Query, Transaction } from './connection.js';

type Create = Extract<RunWrite, { kind: 'create' }>;
type Append = Extract<RunWrite, { kind: 'append' }>;

/** Stores new runs of owners that are there; answers the ids that were free. */
const createRuns = async (query: Query, creates: readonly Create[]): Promise<Set<string>> => {
  if (creates.length === 0) return new Set();
  const column = (pick: (create: Create) => string | null): (string | null)[] => creates.map(pick);
  // Whoever takes an owner for dead waits for this transaction, and then finds these runs too.
  await query('SELECT id FROM fkw_owners WHERE id = ANY($1::text[]) FOR KEY SHARE', [
    column(({ owner }) => owner),
  ]);
  const made = await query(
    `INSERT INTO fkw_runs (run_id, workflow_id, base, definition, status, output, error, ended_at, owner, fence)
     SELECT run.*, 1 FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[]) AS run (id, workflow, base, definition, status, output, error, ended_at, owner)
     JOIN fkw_owners ON fkw_owners.id = run.owner
     ON CONFLICT (run_id) DO NOTHING RETURNING run_id`,
    [
      column(({ runId }) => runId),
      column(({ workflowId }) => workflowId),
      column(({ base }) => base),
      column(({ definition }) => definition),
      column(({ patch }) => patch.status),
      column(({ patch }) => patch.output),
      column(({ patch }) => patch.error),
      column(({ patch }) => patch.endedAt),
      column(({ owner }) => owner),
    ],
  );
  return new Set(made.map((row) => text(row, 'run_id')));
};

const leaseName = (runId: string, fence: number): string => `${fence} ${runId}`;

/** Locks the rows of the leases that hold, in one order for all servers, and answers the names of these leases. */
const lockOwned = async (query: Query, appends: readonly Append[]): Promise<Set<string>> => {
  const rows = await query(
    `SELECT run_id, fence FROM fkw_runs
     JOIN unnest($1::text[], $2::text[], $3::bigint[]) AS lease (id, holder, number)
       ON run_id = id AND owner = holder AND fence = number
     ORDER BY run_id FOR UPDATE OF fkw_runs`,
    [appends.map(({ runId }) => runId), appends.map(({ owner }) => owner), appends.map(({ fence }) => fence)],
  );
  return new Set(rows.map((row) => leaseName(text(row, 'run_id'), integer(row, 'fence'))));
};

/** How long the journals of these runs are; their rows have to be locked. */
const journalLengths = async (query: Query, runIds: readonly string[]): Promise<Map<string, number>> => {
  const rows = await query(
    `SELECT id AS run_id, COALESCE((SELECT MAX(n) FROM fkw_journal WHERE run_id = id), 0) AS n
     FROM unnest($1::text[]) AS run (id)`,
    [runIds],
  );
  return new Map(rows.map((row) => [text(row, 'run_id'), integer(row, 'n')]));
};

/** Appends to the journals; answers how long each is after each append. `lengths` is kept up. */
const insertEntries = async (
  query: Query,
  appends: readonly Append[],
  lengths: Map<string, number>,
): Promise<Map<Append, number>> => {
  const [runIds, numbers, entries]: [string[], number[], string[]] = [[], [], []];
  const after = new Map<Append, number>();
  for (const append of appends) {
    let n = lengths.get(append.runId) ?? 0;
    for (const entry of append.entries) {
      n += 1;
      runIds.push(append.runId);
      numbers.push(n);
      entries.push(entry);
    }
    lengths.set(append.runId, n);
    after.set(append, n);
  }
  if (entries.length > 0) {
    await query(
      `INSERT INTO fkw_journal (run_id, n, entry) SELECT * FROM unnest($1::text[], $2::integer[], $3::text[])`,
      [runIds, numbers, entries],
    );
  }
  return after;
};

/** A later change of the same run wins, column by column. */
const merged = (before: PatchColumns | undefined, patch: PatchColumns): PatchColumns => ({
  status: patch.status,
  output: patch.output ?? before?.output ?? null,
  error: patch.error ?? before?.error ?? null,
  endedAt: patch.endedAt ?? before?.endedAt ?? null,
  rest: patch.rest,
});

/** Changes the rows. A run whose journal is longer than its `rest` says is to be woken at once. */
const patchRuns = async (
  query: Query,
  appends: readonly Append[],
  lengths: ReadonlyMap<string, number>,
): Promise<void> => {
  const patches = new Map<string, PatchColumns>();
  for (const { runId, patch } of appends) {
    if (patch) patches.set(runId, merged(patches.get(runId), patch));
  }
  const woken = appends.flatMap(({ runId, entries }) =>
    entries.length > 0 && !patches.has(runId) ? runId : [],
  );
  if (woken.length > 0) {
    await query(
      'UPDATE fkw_runs SET wake_at = 0 WHERE run_id = ANY($1::text[]) AND wake_at IS DISTINCT FROM 0',
      [woken],
    );
  }
  if (patches.size === 0) return;
  const values = [...patches];
  await query(
    `UPDATE fkw_runs AS run SET status = patch.status, output = COALESCE(patch.output, run.output),
       error = COALESCE(patch.error, run.error), ended_at = COALESCE(patch.ended_at, run.ended_at),
       wake_at = patch.wake_at, owner = CASE WHEN patch.ends THEN NULL ELSE run.owner END
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::boolean[])
       AS patch (run_id, status, output, error, ended_at, wake_at, ends)
     WHERE run.run_id = patch.run_id`,
    [
      values.map(([runId]) => runId),
      values.map(([, { status }]) => status),
      values.map(([, { output }]) => output),
      values.map(([, { error }]) => error),
      values.map(([, { endedAt }]) => endedAt),
      values.map(([runId, { rest }]) => (rest && rest.entries === lengths.get(runId) ? rest.until : 0)),
      values.map(([, { status }]) => !isOpenStatus(status)),
    ],
  );
};

/** Writes a batch in a handful of statements, however many writes it has. */
const commitBatch = async (
  query: Query,
  writes: readonly RunWrite[],
): Promise<readonly (number | WorkflowError)[]> => {
  const creates = writes.filter((write) => write.kind === 'create');
  const made = await createRuns(query, creates);
  const appends = writes.filter((write) => write.kind === 'append');
  const held = appends.length > 0 ? await lockOwned(query, appends) : new Set<string>();
  const owned = appends.filter(({ runId, fence }) => held.has(leaseName(runId, fence)));
  const runIds = [...new Set(owned.map(({ runId }) => runId))];
  const lengths = runIds.length > 0 ? await journalLengths(query, runIds) : new Map<string, number>();
  const after = await insertEntries(query, owned, lengths);
  await patchRuns(query, owned, lengths);

  const refused = writes.filter((write) =>
    write.kind === 'create' ? !made.has(write.runId) : !after.has(write),
  );
  const existing = await existingRuns(query, [...refused, ...creates]);
  return writes.map((write) => {
    const { runId } = write;
    // Of several that create the same run in one batch, the first has made it.
    if (write.kind === 'create') {
      if (made.delete(runId)) return 0;
      return existing.has(runId) ? runExists(runId) : takenForDead();
    }
    return after.get(write) ?? (existing.has(runId) ? staleRun(runId) : noRun(runId));
  });
};

const existingRuns = async (query: Query, writes: readonly RunWrite[]): Promise<Set<string>> => {
  if (writes.length === 0) return new Set();
  const runIds = writes.map(({ runId }) => runId);
  const rows = await query('SELECT run_id FROM fkw_runs WHERE run_id = ANY($1::text[])', [runIds]);
  return new Set(rows.map((row) => text(row, 'run_id')));
};

const postEntry = async (
  query: Query,
  runId: string,
  entry: string,
  length: number | undefined,
): Promise<boolean> => {
  const open = await query(
    `SELECT run_id FROM fkw_runs WHERE run_id = $1 AND status IN ('running', 'waiting') FOR UPDATE`,
    [runId],
  );
  const found = (await journalLengths(query, [runId])).get(runId) ?? 0;
  if (open.length === 0 || (length ?? found) !== found) return false;
  await query('INSERT INTO fkw_journal (run_id, n, entry) VALUES ($1, $2, $3)', [runId, found + 1, entry]);
  await query('UPDATE fkw_runs SET wake_at = 0, posted = true WHERE run_id = $1', [runId]);
  return true;
};

/** The run tables of a PostgreSQL database. */
export const postgresRunTables = (query: Query, transaction: Transaction): RunTables => ({
  commit: (writes) => transaction((own) => commitBatch(own, writes)),
  post: (runId, entry, length) => transaction((own) => postEntry(own, runId, entry, length)),
  async find(runId) {
    const [row] = await query(`SELECT ${runColumns}, definition FROM fkw_runs WHERE run_id = $1`, [runId]);
    return row === undefined ? undefined : { ...runRow(row), definition: text(row, 'definition') };
  },
  async entries(runId, after) {
    const sql = 'SELECT entry FROM fkw_journal WHERE run_id = $1 AND n > $2 ORDER BY n';
    return (await query(sql, [runId, after])).map((row) => text(row, 'entry'));
  },
  async page({ count, before = Number.MAX_SAFE_INTEGER, workflowId }) {
    const newest = 'ORDER BY place DESC LIMIT $2';
    const rows =
      workflowId === undefined
        ? await query(`SELECT ${runColumns} FROM fkw_runs WHERE place < $1 ${newest}`, [before, count])
        : await query(`SELECT ${runColumns} FROM fkw_runs WHERE place < $1 AND workflow_id = $3 ${newest}`, [
            before,
            count,
            workflowId,
          ]);
    return rows.map(runRow);
  },
});
