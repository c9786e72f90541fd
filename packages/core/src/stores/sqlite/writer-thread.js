// @ts-check
/**
 * The thread that writes to a SQLite file: flushes of the disk and locks of other processes are waited for here, and the
 * event loop goes on. Plain JavaScript, so that it is the same file beside the sources and in the package.
 *
 * It gets `{id, writes}` and answers `{id, results}`, or `{id, error: {message, code}}` when nothing was written. A write is
 * a list of statements `[sql, ...params]`: when the first answers no row, the others of that write are left out. A result
 * is the list of the rows that each statement has answered. A message without writes ends the thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import Libsql from 'libsql';

/** @typedef {readonly [sql: string, ...params: readonly (string | number | null)[]]} Statement */

const database = new Libsql(workerData.path, { timeout: workerData.busyTimeoutMs });
for (const pragma of workerData.pragmas) database.exec(`PRAGMA ${pragma}`);

/** @type {Map<string, import('libsql').Statement>} */
const prepared = new Map();

/** @param {string} sql */
const prepare = (sql) => {
  const known = prepared.get(sql);
  if (known) return known;
  const statement = database.prepare(sql);
  prepared.set(sql, statement);
  return statement;
};

/** @param {readonly Statement[]} statements */
const perform = (statements) => {
  const results = [];
  for (const [sql, ...params] of statements) {
    const rows = prepare(sql).all(...params);
    results.push(rows);
    if (results.length === 1 && rows.length === 0) break;
  }
  return results;
};

/** @param {readonly (readonly Statement[])[]} writes */
const performAll = (writes) => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const results = writes.map(perform);
    database.exec('COMMIT');
    return results;
  } catch (error) {
    // A full disk ends the transaction by itself.
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
};

parentPort?.on('message', ({ id, writes }) => {
  if (!writes) {
    database.close();
    parentPort?.close();
    return;
  }
  try {
    parentPort?.postMessage({ id, results: performAll(writes) });
  } catch (cause) {
    const { message, code } = /** @type {Error & {code?: unknown}} */ (cause);
    parentPort?.postMessage({ id, error: { message, code: String(code ?? '') } });
  }
});
parentPort?.postMessage({ id: 0, results: [] });
