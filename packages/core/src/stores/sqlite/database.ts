import type Libsql from 'libsql';
import type { Database } from 'libsql';
import { WorkflowError } from '../../errors.js';
import { isRecord } from '../../json.js';

/** The class that opens files, as libsql exports it. */
export type LibsqlClass = typeof Libsql;

/** A connection to a SQLite file, for reading. Every failure of it is `store_unavailable`. */
export interface SqliteFile {
  /** Calls `work` with the open database. */
  use<T>(work: (database: Database) => T): T;
  /** The rows that a query answers. */
  select(sql: string, ...params: readonly (string | number)[]): readonly unknown[];
  close(): void;
}

/** Loads libsql. Throws `missing_peer`. */
export const loadLibsql = async (): Promise<LibsqlClass> => {
  try {
    return (await import('libsql')).default;
  } catch (cause) {
    throw new WorkflowError('missing_peer', 'SQLite needs the package libsql. Install it: npm i libsql', {
      cause,
    });
  }
};

/** What every connection is set to: what a transaction has written survives `kill -9` and a loss of power. */
export const pragmas = ['journal_mode=WAL', 'synchronous=FULL', 'foreign_keys=ON'] as const;

/** Milliseconds to wait for another connection's lock. The event loop waits with it, but readers rarely meet one. */
const busyTimeoutMs = 250;

/** SQLite's name of what went wrong. */
export const codeOf = (error: unknown): string =>
  isRecord(error) && typeof error.code === 'string' ? error.code : '';

/** The error that callers see for one of SQLite. */
export const unavailable = (path: string, cause: unknown): WorkflowError => {
  const code = codeOf(cause);
  return new WorkflowError(
    'store_unavailable',
    `The database file cannot be used now${code && ` (${code})`}. Check that its disk is there and has room.`,
    { cause, details: { file: path.split(/[\\/]/).at(-1) } },
  );
};

/** Opens a SQLite file. */
export const openSqliteFile = (LibsqlDatabase: LibsqlClass, path: string): SqliteFile => {
  let open = true;
  const guarded = <T>(work: () => T): T => {
    if (!open) throw new WorkflowError('store_unavailable', 'The database file has been closed.');
    try {
      return work();
    } catch (error) {
      throw WorkflowError.is(error) ? error : unavailable(path, error);
    }
  };

  const database = guarded(() => new LibsqlDatabase(path, { timeout: busyTimeoutMs }));
  try {
    guarded(() => {
      for (const pragma of pragmas) database.exec(`PRAGMA ${pragma}`);
    });
  } catch (error) {
    database.close();
    throw error;
  }

  return {
    use: (work) => guarded(() => work(database)),
    select: (sql, ...params) => guarded(() => database.prepare(sql).all(...params)),
    close() {
      if (!open) return;
      open = false;
      database.close();
    },
  };
};
