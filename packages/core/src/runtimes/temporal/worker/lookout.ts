import type { NativeConnection, Worker } from '@temporalio/worker';
import type { Logger } from '../../../ports/logger.js';

/** Asks the server whether it sees a worker poll: a worker that believes it runs may have lost its server. */
export interface Lookout {
  /** From the last look. */
  sees(): boolean;
  watch(worker: Worker, connection: NativeConnection): void;
  stop(): void;
}

const deadlineMs = 3000;
const lookEveryMs = 3000;
const firstLooksMs = 200;

/** A poll lasts a minute; one that began longer ago was not followed by another. */
const longestPollMs = 90_000;

/** Of `temporal.api.enums.v1.TaskQueueType`. */
const workflowQueue = 1;

/** Makes the {@link Lookout} for the worker of an identity. */
export const createLookout = (deps: {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly identity: string;
  readonly logger: Logger;
}): Lookout => {
  const { namespace, taskQueue, identity, logger } = deps;
  let seen = false;
  let timer: NodeJS.Timeout | undefined;
  let watched: Worker | undefined;

  const look = async (connection: NativeConnection): Promise<boolean> => {
    const { pollers } = await connection.withDeadline(Date.now() + deadlineMs, () =>
      connection.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: workflowQueue,
      }),
    );
    const mine = pollers?.find((poller) => poller.identity === identity);
    const seconds = Number(mine?.lastAccessTime?.seconds ?? 0);
    return Date.now() - seconds * 1000 < longestPollMs;
  };

  const watch = async (worker: Worker, connection: NativeConnection): Promise<void> => {
    let sees = false;
    try {
      sees = await look(connection);
    } catch (err) {
      logger.debug({ taskQueue, err }, 'Temporal does not answer.');
    }
    if (watched !== worker) return;
    if (sees !== seen) {
      const message = sees ? 'The Temporal worker polls.' : 'The Temporal worker is not seen by its server.';
      logger[sees ? 'info' : 'warn']({ taskQueue, identity }, message);
    }
    seen = sees;
    timer = setTimeout(() => void watch(worker, connection), seen ? lookEveryMs : firstLooksMs);
    timer.unref();
  };

  return {
    sees: () => seen,
    watch(worker, connection) {
      watched = worker;
      void watch(worker, connection);
    },
    stop() {
      watched = undefined;
      seen = false;
      clearTimeout(timer);
    },
  };
};
