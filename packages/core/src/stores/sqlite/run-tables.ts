import type { WorkflowError } from '../../errors.js';
import { integer, runColumns, runRow, text } from '../columns.js';
import { isOpenStatus, type RunWrite } from '../run-row.js';
import type { RunTables } from '../sql-run-store.js';
import { noRun, runExists, staleRun, takenForDead } from '../store-errors.js';
import type { SqliteFile } from './database.js';
import type { SqliteWriter, Statement, Write } from './writer.js';

const create = `
  INSERT INTO runs (run_id, workflow_id, base, definition, status, output, error, ended_at, owner, fence)
  SELECT ?, ?, ?, ?, ?, ?, ?, ?, id, 1 FROM owners WHERE id = ?
  ON CONFLICT (run_id) DO NOTHING RETURNING fence`;

const journalLength = 'SELECT COALESCE(MAX(n), 0) FROM journal WHERE journal.run_id = runs.run_id';

const lengthIfOwned = `
  SELECT (${journalLength}) AS length FROM runs WHERE run_id = ? AND owner = ? AND fence = ?`;

const openRun = `
  SELECT run_id FROM runs WHERE run_id = ? AND status IN ('running', 'waiting') AND COALESCE(?, (${journalLength})) = (${journalLength})`;

const append = `
  INSERT INTO journal (run_id, n, entry) SELECT ?1, COALESCE(MAX(n), 0) + 1, ?2 FROM journal WHERE run_id = ?1`;

const wake = 'UPDATE runs SET wake_at = 0 WHERE run_id = ? AND wake_at IS NOT 0';

const patch = `
  UPDATE runs SET status = ?, output = COALESCE(?, output), error = COALESCE(?, error),
    ended_at = COALESCE(?, ended_at), wake_at = 0 WHERE run_id = ?`;

const rest = `UPDATE runs SET wake_at = ? WHERE run_id = ? AND (${journalLength}) = ?`;

const disown = 'UPDATE runs SET owner = NULL WHERE run_id = ?';

const post = 'UPDATE runs SET posted = 1 WHERE run_id = ?';

const statementsOf = (write: RunWrite): Write => {
  const { runId, owner } = write;
  if (write.kind === 'create') {
    const { workflowId, base, definition } = write;
    const { status, output, error, endedAt } = write.patch;
    return [[create, runId, workflowId, base, definition, status, output, error, endedAt, owner]];
  }
  const statements: Statement[] = [[lengthIfOwned, runId, owner, write.fence]];
  for (const entry of write.entries) statements.push([append, runId, entry]);
  if (!write.patch) return write.entries.length > 0 ? [...statements, [wake, runId]] : statements;
  const { status, output, error, endedAt, rest: rests } = write.patch;
  statements.push([patch, status, output, error, endedAt, runId]);
  if (rests) statements.push([rest, rests.until, runId, rests.entries]);
  if (!isOpenStatus(status)) statements.push([disown, runId]);
  return statements;
};

/** The run tables of a SQLite file. */
export const sqliteRunTables = (file: SqliteFile, writer: SqliteWriter): RunTables => {
  const refusalOf = (write: RunWrite): WorkflowError => {
    const { runId } = write;
    const exists = file.select('SELECT 1 FROM runs WHERE run_id = ?', runId).length > 0;
    if (write.kind === 'create') return exists ? runExists(runId) : takenForDead();
    return exists ? staleRun(runId) : noRun(runId);
  };

  return {
    async commit(writes) {
      const results = await writer.commit(writes.map(statementsOf));
      return writes.map((write, index) => {
        const [guard] = results[index]?.[0] ?? [];
        if (guard === undefined) return refusalOf(write);
        return write.kind === 'create' ? 0 : integer(guard, 'length') + write.entries.length;
      });
    },
    async post(runId, entry, length) {
      const [result] = await writer.commit([
        [
          [openRun, runId, length ?? null],
          [append, runId, entry],
          [wake, runId],
          [post, runId],
        ],
      ]);
      return (result?.length ?? 0) > 1;
    },
    async find(runId) {
      const [row] = file.select(`SELECT ${runColumns}, definition FROM runs WHERE run_id = ?`, runId);
      return row === undefined ? undefined : { ...runRow(row), definition: text(row, 'definition') };
    },
    async entries(runId, after) {
      const sql = 'SELECT entry FROM journal WHERE run_id = ? AND n > ? ORDER BY n';
      return file.select(sql, runId, after).map((row) => text(row, 'entry'));
    },
    async page({ count, before = Number.MAX_SAFE_INTEGER, workflowId }) {
      const newest = 'ORDER BY place DESC LIMIT ?';
      const rows =
        workflowId === undefined
          ? file.select(`SELECT ${runColumns} FROM runs WHERE place < ? ${newest}`, before, count)
          : file.select(
              `SELECT ${runColumns} FROM runs WHERE workflow_id = ? AND place < ? ${newest}`,
              workflowId,
              before,
              count,
            );
      return rows.map(runRow);
    },
  };
};
