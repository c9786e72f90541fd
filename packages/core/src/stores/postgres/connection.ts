import type { Client, Pool, PoolClient } from 'pg';
import { WorkflowError } from '../../errors.js';
import type { Logger } from '../../ports/logger.js';

/** Runs one statement and answers its rows. Throws `store_unavailable`. */
export type Query = (sql: string, params?: readonly unknown[]) => Promise<readonly unknown[]>;

/** What is needed of the driver. */
export interface PostgresDriver {
  /** A pool of connections. */
  openPool(): Pool;
  /** A connection of its own, connected. */
  connect(): Promise<Client>;
}

/**
 * `statement_timeout`: the server gives a statement up; `query_timeout`: the client does, for a frozen server; the last: a
 * client that stands still within a transaction loses it, because others wait for its locks.
 */
const timeouts = {
  connectionTimeoutMillis: 3000,
  statement_timeout: 5000,
  query_timeout: 6000,
  idle_in_transaction_session_timeout: 3000,
} as const;

const load = async (): Promise<typeof import('pg')> => {
  try {
    return await import('pg');
  } catch (cause) {
    throw new WorkflowError('missing_peer', 'PostgreSQL needs the package pg. Install it: npm i pg', {
      cause,
    });
  }
};

/** Password or user refused, no such database, no right to connect: no retry mends it. */
const refusals = ['28P01', '28000', '3D000', '42501'];

/** The error that callers see for one of the driver. */
export const postgresError = (cause: unknown): WorkflowError => {
  if (WorkflowError.is(cause)) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return refusals.includes(code)
    ? new WorkflowError(
        'configuration',
        `PostgreSQL refuses the connection (${code}). Check user, password, database and rights in its address.`,
        { cause },
      )
    : new WorkflowError('store_unavailable', 'PostgreSQL does not answer. Try again in a moment.', {
        cause,
        retryAfter: 2,
      });
};

/** Runs statements on a pool or a connection. */
export const queryOn =
  (target: Pool | PoolClient | Client): Query =>
  async (sql, params = []) => {
    try {
      return (await target.query(sql, [...params])).rows;
    } catch (cause) {
      throw postgresError(cause);
    }
  };

/** Runs `work` in a transaction: all of it is durable when this resolves, or nothing is. */
export type Transaction = <T>(work: (query: Query) => Promise<T>) => Promise<T>;

/** Makes a {@link Transaction} on the connections of a pool. */
export const transactionOn =
  (pool: Pool): Transaction =>
  async (work) => {
    const client = await connectOf(pool);
    let broken: boolean | undefined;
    try {
      return await inTransaction(queryOn(client), work);
    } catch (error) {
      // A connection that has failed is not used again: it may be in the middle of an answer.
      broken = true;
      throw error;
    } finally {
      client.release(broken);
    }
  };

const connectOf = async (pool: Pool): Promise<PoolClient> => {
  try {
    return await pool.connect();
  } catch (cause) {
    throw postgresError(cause);
  }
};

/** Runs `work` in a transaction of this connection. */
export const inTransaction = async <T>(query: Query, work: (query: Query) => Promise<T>): Promise<T> => {
  await query('BEGIN');
  try {
    const result = await work(query);
    await query('COMMIT');
    return result;
  } catch (error) {
    // When the connection is gone there is nothing to roll back: the first error is the one to tell.
    await query('ROLLBACK').catch(() => undefined);
    throw error;
  }
};

/** Loads the driver. Throws `missing_peer` without pg, `configuration` for a bad address. */
export const postgresDriver = async (url: string, logger: Logger): Promise<PostgresDriver> => {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new WorkflowError(
      'configuration',
      'The address of PostgreSQL has to look like postgres://user:password@host:5432/database.',
    );
  }
  const pg = await load();
  const settings = { connectionString: url, keepAlive: true, application_name: 'fk-workflow', ...timeouts };
  return {
    openPool() {
      const pool = new pg.Pool({ ...settings, max: 10 });
      const broke = (err: Error): void => logger.debug({ err }, 'PostgreSQL: a connection broke.');
      pool.on('error', broke);
      // The pool itself listens to idle connections only.
      pool.on('connect', (client) => client.on('error', broke));
      return pool;
    },
    async connect() {
      const client = new pg.Client(settings);
      client.on('error', (err) => logger.debug({ err }, 'PostgreSQL: a connection broke.'));
      try {
        await client.connect();
      } catch (cause) {
        throw postgresError(cause);
      }
      return client;
    },
  };
};
