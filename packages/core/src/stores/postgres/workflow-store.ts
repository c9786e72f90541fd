import type { WorkflowStore } from '../../ports/workflow-store.js';
import { integer } from '../columns.js';
import { pageSize, toPage } from '../paging.js';
import { savedOf } from '../saved-row.js';
import { noWorkflow, versionConflict, workflowExists } from '../store-errors.js';
import type { Query } from './connection.js';

/** Saved definitions in PostgreSQL; any number of servers may use them. */
export const postgresWorkflowStore = (query: Query): WorkflowStore => ({
  async create(definition) {
    const [row] = await query(
      `INSERT INTO fkw_workflows (id, version, definition)
       SELECT $1, 1, $2 WHERE NOT EXISTS (SELECT 1 FROM fkw_workflows WHERE id = $1)
       ON CONFLICT DO NOTHING RETURNING id, version, definition`,
      [definition.id, JSON.stringify(definition)],
    );
    if (row === undefined) throw workflowExists(definition.id);
    return savedOf(row);
  },
  async replace(definition, expected) {
    // The lock on the newest version keeps a delete from happening between the look and the insert.
    const [row] = await query(
      `WITH newest AS (
         SELECT version FROM fkw_workflows WHERE id = $1 ORDER BY version DESC LIMIT 1 FOR UPDATE
       )
       INSERT INTO fkw_workflows (id, version, definition)
       SELECT $1, version + 1, $2 FROM newest WHERE version = $3
       ON CONFLICT DO NOTHING RETURNING id, version, definition`,
      [definition.id, JSON.stringify(definition), expected],
    );
    if (row !== undefined) return savedOf(row);
    const [newest] = await query(
      'SELECT COALESCE(MAX(version), 0) AS version FROM fkw_workflows WHERE id = $1',
      [definition.id],
    );
    const version = integer(newest, 'version');
    throw version === 0 ? noWorkflow(definition.id) : versionConflict(definition.id, expected, version);
  },
  async get(id, version) {
    const [row] = await query(
      `SELECT id, version, definition FROM fkw_workflows WHERE id = $1 AND ($2::integer IS NULL OR version = $2)
       ORDER BY version DESC LIMIT 1`,
      [id, version ?? null],
    );
    return row === undefined ? undefined : savedOf(row);
  },
  async versions(id) {
    const rows = await query('SELECT version FROM fkw_workflows WHERE id = $1 ORDER BY version', [id]);
    return rows.map((row) => integer(row, 'version'));
  },
  async list({ limit, cursor = '' }) {
    const size = pageSize(limit);
    const rows = await query(
      `SELECT DISTINCT ON (id) id, version, definition FROM fkw_workflows
       WHERE id > $1 ORDER BY id, version DESC LIMIT $2`,
      [cursor, size + 1],
    );
    return toPage(
      rows.map(savedOf),
      size,
      (one) => one,
      ({ id }) => id,
    );
  },
  async delete(id) {
    return (await query('DELETE FROM fkw_workflows WHERE id = $1 RETURNING version', [id])).length > 0;
  },
});
