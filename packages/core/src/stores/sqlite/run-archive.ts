import type { RunArchive } from '../../ports/run-archive.js';
import { archivedOf, archiveTexts, firstPlace, keptOf, listedOf } from '../archive-row.js';
import type { SqliteFile } from './database.js';
import type { SqliteWriter } from './writer.js';

const put = `
  INSERT INTO archive (run_id, workflow_id, closed_at, run, origin, events) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (run_id) DO UPDATE SET events = excluded.events WHERE events IS NULL`;

/** Ended runs in a SQLite file. */
export const sqliteRunArchive = ({ select }: SqliteFile, writer: SqliteWriter): RunArchive => ({
  async put(ended) {
    const { run, closedAt } = ended;
    const texts = archiveTexts(ended);
    await writer.commit([
      [[put, run.runId, run.workflowId, closedAt, texts.run, texts.origin, texts.events]],
    ]);
  },
  async get(runId) {
    const [row] = select('SELECT run, closed_at, origin, events FROM archive WHERE run_id = ?', runId);
    return row === undefined ? undefined : archivedOf(row);
  },
  async kept(runIds) {
    const rows = select(
      `SELECT run_id, events IS NOT NULL AS has_events FROM archive
       WHERE run_id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(runIds),
    );
    return rows.map(keptOf);
  },
  async list({ limit, before: { at, runId } = firstPlace, workflowId }) {
    const lastFirst = 'ORDER BY closed_at DESC, run_id DESC LIMIT ?';
    const columns = 'SELECT run, closed_at FROM archive WHERE';
    const rows =
      workflowId === undefined
        ? select(`${columns} (closed_at, run_id) < (?, ?) ${lastFirst}`, at, runId, limit)
        : select(
            `${columns} workflow_id = ? AND (closed_at, run_id) < (?, ?) ${lastFirst}`,
            workflowId,
            at,
            runId,
            limit,
          );
    return rows.map(listedOf);
  },
});
