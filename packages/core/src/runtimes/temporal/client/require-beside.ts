import { WorkflowError } from '../../../errors.js';
import type { TemporalConnection } from './connect-temporal.js';
import type { LocalWorker } from './local-worker.js';

/** Throws `configuration` for workers of another server or namespace: runs would start where nobody reads them. */
export const requireBeside = (
  { address, namespace }: Pick<TemporalConnection, 'address' | 'namespace'>,
  workers: readonly LocalWorker[],
): void => {
  const other = workers.find((worker) => worker.address !== address || worker.namespace !== namespace);
  if (!other) return;
  throw new WorkflowError(
    'configuration',
    `The worker of "${other.taskQueue}" is at ${other.address}, ${other.namespace}; the connection at ${address}, ${namespace}. Give workers of the same address and namespace.`,
  );
};
