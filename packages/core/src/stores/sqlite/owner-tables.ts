import { claimedRow, integer, text } from '../columns.js';
import type { OwnerTables } from '../ownership.js';
import type { SqliteFile } from './database.js';
import type { SqliteWriter, Statement } from './writer.js';

const open = "status IN ('running', 'waiting')";

/** Only who is an owner gets runs: one that was taken for dead would keep them for ever. */
const isOwner = 'SELECT id FROM owners WHERE id = ?';

const claim = (whose: string): string =>
  `UPDATE runs SET owner = ?, fence = fence + 1 WHERE ${open} AND ${whose}
   RETURNING place, run_id, fence, wake_at`;

/** RETURNING promises no order. */
const oldestFirst = (rows: readonly unknown[]) =>
  [...rows].sort((a, b) => integer(a, 'place') - integer(b, 'place')).map(claimedRow);

/** The owners of the runs in a SQLite file. What is looked for often is read first: only what is found takes a write. */
export const sqliteOwnerTables = (file: SqliteFile, writer: SqliteWriter): OwnerTables => {
  /** One write; answers the rows of its last statement, none if that was left out. */
  const write = async (...statements: readonly Statement[]): Promise<readonly unknown[]> => {
    const [result] = await writer.commit([statements]);
    return result?.[statements.length - 1] ?? [];
  };

  return {
    async register(owner) {
      await write(['INSERT INTO owners (id, beat) VALUES (?, 0) ON CONFLICT (id) DO NOTHING', owner]);
    },
    async beat(owner) {
      const rows = await write(['UPDATE owners SET beat = beat + 1 WHERE id = ? RETURNING id', owner]);
      return rows.length > 0;
    },
    async others(owner) {
      const rows = file.select('SELECT id, beat FROM owners WHERE id <> ?', owner);
      return rows.map((row) => ({ id: text(row, 'id'), beat: integer(row, 'beat') }));
    },
    async takeOver(owner, { id, beat }) {
      return oldestFirst(
        await write(
          [isOwner, owner],
          ['DELETE FROM owners WHERE id = ? AND beat = ?', id, beat],
          [claim('owner = ? AND owner NOT IN (SELECT id FROM owners)'), owner, id],
        ),
      );
    },
    async claim(owner, which) {
      const found = file.select(`SELECT 1 FROM runs WHERE ${open} AND owner IS NULL LIMIT 1`).length > 0;
      if (which === 'nobodys') {
        return found ? oldestFirst(await write([isOwner, owner], [claim('owner IS NULL'), owner])) : [];
      }
      const own = claim('(owner IS NULL OR owner = ?)');
      return oldestFirst(await write([isOwner, owner], [own, owner, owner]));
    },
    async takePosted(owner) {
      const sql = 'SELECT 1 FROM runs WHERE owner = ? AND posted = 1 LIMIT 1';
      if (file.select(sql, owner).length === 0) return [];
      const rows = await write([
        'UPDATE runs SET posted = 0 WHERE owner = ? AND posted = 1 RETURNING run_id',
        owner,
      ]);
      return rows.map((row) => text(row, 'run_id'));
    },
    async release(owner) {
      await writer.commit([
        [[`UPDATE runs SET owner = NULL WHERE owner = ? AND ${open}`, owner]],
        [['DELETE FROM owners WHERE id = ?', owner]],
      ]);
    },
  };
};
