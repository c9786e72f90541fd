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

/**
 * Writes in one transaction at most. Small enough that a hundred runs at once make two batches, of which one is committed
 * while the other's runs go on.
 */
const batchSize = 50;

/**
 * Group commit: writes that come while another batch is committed, or in the same turn of the event loop, share one
 * transaction and so one flush of the disk. A batch is begun when the one before is committed, before that one's callers
 * go on: what they do then is done while the disk works.
 */
export const commitQueue = <Write, Result>(commit: Commit<Write, Result>): CommitQueue<Write, Result> => {
  const waiting: Waiting<Write, Result>[] = [];
  let running: Promise<void> | undefined;

  /** Resolves to what hands the results out. */
  const commitBatch = async (batch: readonly Waiting<Write, Result>[]): Promise<() => void> => {
    try {
      const results = await commit(batch.map(({ write }) => write));
      if (results.length !== batch.length) throw new TypeError('A commit answers once for each write.');
      return () => {
        results.forEach((result, index) => {
          if (WorkflowError.is(result)) batch[index]?.reject(result);
          else batch[index]?.resolve(result);
        });
      };
    } catch (error) {
      return () => {
        for (const { reject } of batch) reject(error);
      };
    }
  };

  const run = async (): Promise<void> => {
    let handOut: (() => void) | undefined;
    while (waiting.length > 0 || handOut) {
      // Writes of this turn of the event loop still come.
      if (!handOut) await new Promise((resolve) => setImmediate(resolve));
      const committed = waiting.length > 0 ? commitBatch(waiting.splice(0, batchSize)) : undefined;
      handOut?.();
      handOut = await committed;
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
