import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { WorkflowError } from '../../errors.js';
import { isRecord } from '../../json.js';
import { pragmas, unavailable } from './database.js';

/** A statement and its parameters. */
export type Statement = readonly [sql: string, ...params: (string | number | null)[]];

/** Statements in order. When the first answers no row, the others are left out. */
export type Write = readonly Statement[];

/** The rows that each statement of a write has answered, as far as they were done. */
export type WriteResult = readonly (readonly unknown[])[];

/** Writes to a SQLite file, in a thread of its own. */
export interface SqliteWriter {
  /** Does all writes in one transaction: when it resolves they are durable. Throws `store_unavailable`; then none is done. */
  commit(writes: readonly Write[]): Promise<readonly WriteResult[]>;
  /** Ends the thread after the writes under way. */
  close(): Promise<void>;
}

interface Pending {
  readonly resolve: (results: readonly WriteResult[]) => void;
  readonly reject: (error: WorkflowError) => void;
}

/** Milliseconds to wait for the lock of another process. */
const busyTimeoutMs = 2000;

/** The id of what the thread says when it is ready. */
const readyId = 0;

/** Starts the thread. Throws `store_unavailable` when the file cannot be opened. */
export const startWriter = async (path: string): Promise<SqliteWriter> => {
  const pending = new Map<number, Pending>();
  let ids = readyId;
  let end: WorkflowError | undefined;
  // Beside this file in the sources and in the package.
  const worker = new Worker(new URL('./writer-thread.js', import.meta.url), {
    workerData: { path, busyTimeoutMs, pragmas },
    // The flags of the process (a loader of a test runner, say) are not the thread's.
    execArgv: [],
  });

  const answerOf = (id: number): Promise<readonly WriteResult[]> =>
    new Promise((resolve, reject) => {
      if (end) reject(end);
      else pending.set(id, { resolve, reject });
      worker.ref();
    });

  const settle = (message: unknown): void => {
    if (!isRecord(message)) return;
    const { id, results, error } = message;
    const waiting = pending.get(Number(id));
    pending.delete(Number(id));
    // Only a write that is waited for keeps the process alive.
    if (pending.size === 0) worker.unref();
    if (Array.isArray(results)) waiting?.resolve(results);
    else waiting?.reject(unavailable(path, error));
  };

  const fail = (error: WorkflowError): void => {
    end ??= error;
    for (const { reject } of pending.values()) reject(end);
    pending.clear();
  };

  worker.on('message', settle);
  worker.on('error', (cause) => fail(unavailable(path, cause)));
  worker.on('exit', () => fail(closedFile()));
  await answerOf(readyId);

  return {
    commit(writes) {
      ids += 1;
      const answer = answerOf(ids);
      if (!end) worker.postMessage({ id: ids, writes });
      return answer;
    },
    async close() {
      if (end) return;
      // Messages are taken in order: the writes under way come first.
      worker.postMessage({});
      worker.ref();
      await once(worker, 'exit');
    },
  };
};

const closedFile = (): WorkflowError =>
  new WorkflowError('store_unavailable', 'The database file has been closed.');
