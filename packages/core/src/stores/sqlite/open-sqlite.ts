import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WorkflowError } from '../../errors.js';
import type { Logger } from '../../ports/logger.js';
import type { RunArchive } from '../../ports/run-archive.js';
import type { RunStore } from '../../ports/run-store.js';
import type { WorkflowStore } from '../../ports/workflow-store.js';
import { requireLease } from '../require-lease.js';
import { sqlRunStore } from '../sql-run-store.js';
import { codeOf, loadLibsql, openSqliteFile, type SqliteFile } from './database.js';
import { migrate } from './migrations.js';
import { sqliteOwnerTables } from './owner-tables.js';
import { sqliteRunArchive } from './run-archive.js';
import { sqliteRunTables } from './run-tables.js';
import { sqliteWorkflowStore } from './workflow-store.js';
import { startWriter } from './writer.js';

/** The stores in a SQLite file. They share it: {@link SqliteStores.close} closes it. */
export interface SqliteStores {
  readonly runs: RunStore;
  readonly workflows: WorkflowStore;
  /** Ended runs of an engine that forgets them, such as Temporal. */
  readonly archive: RunArchive;
  /** Waits for the writes under way, lets other processes have the runs, and closes the file. */
  close(): Promise<void>;
}

/**
 * Runs and saved workflows in one SQLite file, which is made with its folder if it is not there.
 * What is acknowledged survives `kill -9` and a loss of power. Several processes of one machine may have the file open
 * (not over a network file system): each run belongs to one of them, and the runs of a process that has shown no sign of
 * life for `leaseMs` (default 5000, at least 100) go to another.
 * Throws `missing_peer` without libsql; `configuration` when its folder cannot be written, a newer version of this library
 * wrote it or `leaseMs` makes no sense; `store_unavailable` when it is no database.
 *
 * @example
 * const { runs, workflows, close } = await openSqlite('.data/workflows.db', { logger });
 */
export const openSqlite = async (
  path: string,
  { logger, leaseMs }: { readonly logger: Logger; readonly leaseMs?: number },
): Promise<SqliteStores> => {
  const lease = requireLease(leaseMs);
  if (path === '' || path === ':memory:') {
    throw new WorkflowError(
      'configuration',
      'SQLite needs the path of a file. To keep runs in memory, leave the store out.',
    );
  }
  await makeFolder(dirname(path));
  const file = await openMigrated(path);
  try {
    const writer = await startWriter(path);
    const owners = sqliteOwnerTables(file, writer);
    const owner = randomUUID();
    await owners.register(owner);
    const tables = sqliteRunTables(file, writer);
    const runs = sqlRunStore({ kind: 'sqlite', owner, leaseMs: lease, tables, owners });
    logger.debug({ file: path, owner }, 'SQLite: the file is open.');
    let closing: Promise<void> | undefined;
    const closeAll = async (): Promise<void> => {
      try {
        await runs.close();
      } finally {
        await writer.close();
        file.close();
      }
    };
    return {
      runs,
      workflows: sqliteWorkflowStore(file, writer),
      archive: sqliteRunArchive(file, writer),
      close() {
        closing ??= closeAll();
        return closing;
      },
    };
  } catch (error) {
    file.close();
    throw error;
  }
};

/** Milliseconds in which the file has to be free to be set up, and between two tries. */
const patienceMs = 10_000;
const pauseMs = 50;

/** Processes that start at once wait for each other: not every lock of the setting up is one SQLite itself waits for. */
const openMigrated = async (path: string): Promise<SqliteFile> => {
  const Libsql = await loadLibsql();
  const until = performance.now() + patienceMs;
  for (;;) {
    let file: SqliteFile | undefined;
    try {
      file = openSqliteFile(Libsql, path);
      migrate(file);
      return file;
    } catch (error) {
      file?.close();
      if (!isBusy(error) || performance.now() >= until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
};

const isBusy = (error: unknown): boolean =>
  WorkflowError.is(error) && codeOf(error.cause).startsWith('SQLITE_BUSY');

const makeFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new WorkflowError(
      'configuration',
      `The folder "${folder}" cannot be made. Choose a path that this process may write to.`,
      { cause },
    );
  }
};
