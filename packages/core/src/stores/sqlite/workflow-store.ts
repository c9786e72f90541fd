import type { WorkflowStore } from '../../ports/workflow-store.js';
import type { SavedWorkflow } from '../../protocol/workflows.js';
import type { Definition } from '../../workflow/definition.js';
import { integer } from '../columns.js';
import { pageSize, toPage } from '../paging.js';
import { savedOf } from '../saved-row.js';
import { noWorkflow, versionConflict, workflowExists } from '../store-errors.js';
import type { SqliteFile } from './database.js';
import type { SqliteWriter } from './writer.js';

const insertIfNewest = `
  INSERT INTO workflows (id, version, definition)
  SELECT ?1, ?2 + 1, ?3 WHERE (SELECT COALESCE(MAX(version), 0) FROM workflows WHERE id = ?1) = ?2
  RETURNING id, version, definition`;

/** Saved definitions in a SQLite file. */
export const sqliteWorkflowStore = (file: SqliteFile, writer: SqliteWriter): WorkflowStore => {
  const { select } = file;

  /** 0 when there is none. */
  const newestVersion = (id: string): number => {
    const [row] = select('SELECT COALESCE(MAX(version), 0) AS version FROM workflows WHERE id = ?', id);
    return integer(row, 'version');
  };
  /** Undefined when `newest` is not the newest version. */
  const insert = async (definition: Definition, newest: number): Promise<SavedWorkflow | undefined> => {
    const [result] = await writer.commit([
      [[insertIfNewest, definition.id, newest, JSON.stringify(definition)]],
    ]);
    const [row] = result?.[0] ?? [];
    return row === undefined ? undefined : savedOf(row);
  };

  return {
    async create(definition) {
      const saved = await insert(definition, 0);
      if (!saved) throw workflowExists(definition.id);
      return saved;
    },
    async replace(definition, expected) {
      // Version 0 stands for "there is none": that is for create.
      const saved = expected > 0 ? await insert(definition, expected) : undefined;
      if (saved) return saved;
      const newest = newestVersion(definition.id);
      throw newest === 0 ? noWorkflow(definition.id) : versionConflict(definition.id, expected, newest);
    },
    async get(id, version) {
      const sql = 'SELECT id, version, definition FROM workflows WHERE id = ? AND version = ?';
      const [row] = select(sql, id, version ?? newestVersion(id));
      return row === undefined ? undefined : savedOf(row);
    },
    async versions(id) {
      const rows = select('SELECT version FROM workflows WHERE id = ? ORDER BY version', id);
      return rows.map((row) => integer(row, 'version'));
    },
    async list({ limit, cursor = '' }) {
      const size = pageSize(limit);
      const rows = select(
        `SELECT id, version, definition FROM workflows AS saved
         WHERE id > ? AND version = (SELECT MAX(version) FROM workflows WHERE id = saved.id)
         ORDER BY id LIMIT ?`,
        cursor,
        size + 1,
      );
      return toPage(
        rows.map(savedOf),
        size,
        (one) => one,
        ({ id }) => id,
      );
    },
    async delete(id) {
      const [result] = await writer.commit([[['DELETE FROM workflows WHERE id = ? RETURNING version', id]]]);
      return (result?.[0]?.length ?? 0) > 0;
    },
  };
};
