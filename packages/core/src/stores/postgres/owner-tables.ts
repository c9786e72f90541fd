import type { ClaimedRun } from '../../ports/run-store.js';
import { claimedRow, integer, text } from '../columns.js';
import type { OwnerTables } from '../ownership.js';
import type { Query, Transaction } from './connection.js';

const open = "status IN ('running', 'waiting')";

/** The owners of the runs in a PostgreSQL database. */
export const postgresOwnerTables = (query: Query, transaction: Transaction): OwnerTables => {
  /**
   * Only who is an owner, and stays it until the end of the transaction, gets runs: one that was taken for dead would keep
   * them for ever.
   */
  const asOwner = <T>(owner: string, work: (own: Query) => Promise<readonly T[]>): Promise<readonly T[]> =>
    transaction(async (own) => {
      const there = await own('SELECT id FROM fkw_owners WHERE id = $1 FOR KEY SHARE', [owner]);
      return there.length > 0 ? work(own) : [];
    });

  /** Rows are locked in the order in which those who write journals lock them. */
  const claim = async (
    own: Query,
    whose: string,
    params: readonly string[],
  ): Promise<readonly ClaimedRun[]> => {
    const rows = await own(
      `WITH free AS (SELECT run_id FROM fkw_runs WHERE ${open} AND ${whose} ORDER BY run_id FOR UPDATE)
       UPDATE fkw_runs AS run SET owner = $1, fence = fence + 1 FROM free WHERE run.run_id = free.run_id
       RETURNING place, run.run_id, fence, wake_at`,
      params,
    );
    return [...rows].sort((a, b) => integer(a, 'place') - integer(b, 'place')).map(claimedRow);
  };

  return {
    async register(owner) {
      await query('INSERT INTO fkw_owners (id, beat) VALUES ($1, 0) ON CONFLICT (id) DO NOTHING', [owner]);
    },
    async beat(owner) {
      const rows = await query('UPDATE fkw_owners SET beat = beat + 1 WHERE id = $1 RETURNING id', [owner]);
      return rows.length > 0;
    },
    async others(owner) {
      const rows = await query('SELECT id, beat FROM fkw_owners WHERE id <> $1', [owner]);
      return rows.map((row) => ({ id: text(row, 'id'), beat: integer(row, 'beat') }));
    },
    takeOver: (owner, { id, beat }) =>
      asOwner(owner, async (own) => {
        const removed = await own('DELETE FROM fkw_owners WHERE id = $1 AND beat = $2 RETURNING id', [
          id,
          beat,
        ]);
        return removed.length > 0 ? claim(own, 'owner = $2', [owner, id]) : [];
      }),
    async claim(owner, which) {
      if (which === 'own and nobodys') {
        return asOwner(owner, (own) => claim(own, '(owner IS NULL OR owner = $1)', [owner]));
      }
      const [found] = await query(`SELECT 1 FROM fkw_runs WHERE ${open} AND owner IS NULL LIMIT 1`);
      return found === undefined ? [] : asOwner(owner, (own) => claim(own, 'owner IS NULL', [owner]));
    },
    async takePosted(owner) {
      const rows = await query(
        'UPDATE fkw_runs SET posted = false WHERE owner = $1 AND posted RETURNING run_id',
        [owner],
      );
      return rows.map((row) => text(row, 'run_id'));
    },
    release: (owner) =>
      transaction(async (own) => {
        await own(
          `WITH mine AS (SELECT run_id FROM fkw_runs WHERE ${open} AND owner = $1 ORDER BY run_id FOR UPDATE)
           UPDATE fkw_runs AS run SET owner = NULL FROM mine WHERE run.run_id = mine.run_id`,
          [owner],
        );
        await own('DELETE FROM fkw_owners WHERE id = $1', [owner]);
      }),
  };
};
