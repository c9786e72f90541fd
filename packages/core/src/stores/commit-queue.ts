import { WorkflowError } from '../errors.js';

/** Writes that wait for a commit. */
export interface CommitQueue<Write, Result> {
  /** Resolves when the write is committed, in the order of the calls. */
  add(write: Write): Promise<Result>;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
}

/** Commits a batch: answers a result or a refusal for each write, and throws when the whole batch failed. */
export type Commit<Write, Result> = (
  writes: readonly Write[],
) => Promise<readonly (Result | WorkflowError)[]>;

interface Waiting<Write, Result> {
  readonly write: Write;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Writes in one transaction at most. */
const batchSize = 100;

/**
 * Group commit: writes that come while another batch is committed, or in the same turn of the event loop, share one
 * transaction and so one flush of the disk.
 */
export const commitQueue = <Write, Result>(commit: Commit<Write, Result>): CommitQueue<Write, Result> => {
  const waiting: Waiting<Write, Result>[] = [];
  let running: Promise<void> | undefined;

  const commitBatch = async (batch: readonly Waiting<Write, Result>[]): Promise<void> => {
    try {
      const results = await commit(batch.map(({ write }) => write));
      if (results.length !== batch.length) throw new TypeError('A commit answers once for each write.');
      results.forEach((result, index) => {
        if (WorkflowError.is(result)) batch[index]?.reject(result);
        else batch[index]?.resolve(result);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      await commitBatch(waiting.splice(0, batchSize));
    }
    running = undefined;
  };

  return {
    add(write) {
      const done = new Promise<Result>((resolve, reject) => waiting.push({ write, resolve, reject }));
      running ??= run();
      return done;
    },
    async drain() {
      await running;
    },
  };
};
