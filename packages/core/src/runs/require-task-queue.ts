import { WorkflowError } from '../errors.js';
import type { Orchestrator } from '../ports/orchestrator.js';

/** What is answered as `task_queue` by a runtime without queues when none was asked for. */
const embeddedQueue = 'embedded';

/**
 * The queue of a run: the one asked for, else the runtime's first. A runtime without queues takes any name.
 * Throws `invalid_request` when no worker serves it.
 */
export const requireTaskQueue = (
  { taskQueues }: Pick<Orchestrator, 'taskQueues'>,
  asked: string | undefined,
): string => {
  const queue = asked ?? taskQueues?.[0] ?? embeddedQueue;
  if (!taskQueues || taskQueues.includes(queue)) return queue;
  throw new WorkflowError(
    'invalid_request',
    `No worker serves the task queue "${queue}": leave it out, or name one of ${taskQueues.join(', ')}.`,
  );
};
