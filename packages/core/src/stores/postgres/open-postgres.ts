import { randomUUID } from 'node:crypto';
import type { Logger } from '../../ports/logger.js';
import type { RunArchive } from '../../ports/run-archive.js';
import type { RunStore } from '../../ports/run-store.js';
import type { WorkflowStore } from '../../ports/workflow-store.js';
import { requireLease } from '../require-lease.js';
import { sqlRunStore } from '../sql-run-store.js';
import { postgresDriver, queryOn, transactionOn } from './connection.js';
import { migrate } from './migrations.js';
import { postgresOwnerTables } from './owner-tables.js';
import { postgresRunArchive } from './run-archive.js';
import { postgresRunTables } from './run-tables.js';
import { postgresWorkflowStore } from './workflow-store.js';

/** The stores in a PostgreSQL database. They share its connections: {@link PostgresStores.close} closes them. */
export interface PostgresStores {
  readonly runs: RunStore;
  readonly workflows: WorkflowStore;
  /** Ended runs of an engine that forgets them, such as Temporal. */
  readonly archive: RunArchive;
  /** Waits for the writes under way, lets other servers have the runs, and closes the connections. */
  close(): Promise<void>;
}

/**
 * Runs and saved workflows in PostgreSQL; the tables (`fkw_…`) are made and brought up to date.
 * Several servers may run the workflows of a database: each run belongs to one of them, and the runs of a server that has
 * shown no sign of life for `leaseMs` (default 5000, at least 100) go to another. While PostgreSQL is away calls throw
 * `store_unavailable`.
 * Throws `missing_peer` without pg; `configuration` for a bad address, refused credentials, tables of a newer version or a
 * `leaseMs` that makes no sense; `store_unavailable` when PostgreSQL does not answer within 3 s.
 *
 * @example
 * const { runs, workflows, close } = await openPostgres('postgres://app@localhost:5432/app', { logger });
 */
export const openPostgres = async (
  url: string,
  { logger, leaseMs }: { readonly logger: Logger; readonly leaseMs?: number },
): Promise<PostgresStores> => {
  const lease = requireLease(leaseMs);
  const driver = await postgresDriver(url, logger);
  const setUp = await driver.connect();
  const owner = randomUUID();
  try {
    await migrate(queryOn(setUp));
  } finally {
    await setUp.end();
  }
  const pool = driver.openPool();
  const query = queryOn(pool);
  const transaction = transactionOn(pool);
  const owners = postgresOwnerTables(query, transaction);
  try {
    await owners.register(owner);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const tables = postgresRunTables(query, transaction);
  const runs = sqlRunStore({ kind: 'postgres', owner, leaseMs: lease, tables, owners });
  let closing: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    try {
      await runs.close();
    } catch (err) {
      logger.warn({ err }, 'PostgreSQL is away: others take the runs over when the lease has run out.');
    }
    await pool.end();
  };
  return {
    runs,
    workflows: postgresWorkflowStore(query),
    archive: postgresRunArchive(query),
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
};
