import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { serviceAddress } from './service-address.js';

/** Runs SQL in a PostgreSQL database, on a connection of its own. */
export const execute = async (url: string, ...statements: readonly string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const sql of statements) await client.query(sql);
  } finally {
    await client.end();
  }
};

/** Makes an empty PostgreSQL database; gives its address. */
export const makeDatabase = async (): Promise<string> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const server = serviceAddress('DATABASE_URL');
  await execute(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
};
