import type { RunArchive } from '../../ports/run-archive.js';
import { archivedOf, archiveTexts, firstPlace, keptOf, listedOf } from '../archive-row.js';
import type { Query } from './connection.js';

/** Ended runs in PostgreSQL; any number of servers may put them. */
export const postgresRunArchive = (query: Query): RunArchive => ({
  async put(ended) {
    const { run, closedAt } = ended;
    const texts = archiveTexts(ended);
    await query(
      `INSERT INTO fkw_archive AS kept (run_id, workflow_id, closed_at, run, origin, events)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (run_id) DO UPDATE SET events = excluded.events WHERE kept.events IS NULL`,
      [run.runId, run.workflowId, closedAt, texts.run, texts.origin, texts.events],
    );
  },
  async get(runId) {
    const sql = 'SELECT run, closed_at, origin, events FROM fkw_archive WHERE run_id = $1';
    const [row] = await query(sql, [runId]);
    return row === undefined ? undefined : archivedOf(row);
  },
  async kept(runIds) {
    const rows = await query(
      `SELECT run_id, (events IS NOT NULL)::integer AS has_events FROM fkw_archive WHERE run_id = ANY($1::text[])`,
      [runIds],
    );
    return rows.map(keptOf);
  },
  async list({ limit, before: { at, runId } = firstPlace, workflowId }) {
    const rows = await query(
      `SELECT run, closed_at FROM fkw_archive
       WHERE (closed_at, run_id) < ($1, $2) ${workflowId === undefined ? '' : 'AND workflow_id = $4'}
       ORDER BY closed_at DESC, run_id DESC LIMIT $3`,
      [at, runId, limit, ...(workflowId === undefined ? [] : [workflowId])],
    );
    return rows.map(listedOf);
  },
});
