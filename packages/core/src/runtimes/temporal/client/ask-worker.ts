import { WorkflowError } from '../../../errors.js';
import type { TemporalConnection } from './connect-temporal.js';
import { grpcStatus, grpcStatusOf } from './grpc-status.js';

/**
 * Makes a call that a worker has to answer (a query, an update). Throws `worker_unavailable` when the server is there but
 * no worker is, `store_unavailable` when the server is away.
 */
export const askWorker = async <T>(
  connection: Pick<TemporalConnection, 'call' | 'probe'>,
  ask: Parameters<typeof connection.call<T>>[0],
): Promise<T> => {
  try {
    return await connection.call(ask);
  } catch (error) {
    // The first task of a run is under way: one that a schedule started makes its input before it takes questions.
    if (error instanceof Error && error.name === 'QueryNotRegisteredError') throw unavailable(error);
    const status = grpcStatusOf(error);
    // The server knows that nobody polls or that the run's last task failed; the worker that was asked stopped.
    if (status === grpcStatus.failedPrecondition || status === grpcStatus.cancelled) throw unavailable(error);
    if (!WorkflowError.is(error) || error.code !== 'store_unavailable') throw error;
    await connection.probe();
    throw unavailable(error);
  }
};

const unavailable = (cause: unknown): WorkflowError =>
  new WorkflowError(
    'worker_unavailable',
    'No worker answers for the run now. Start one that serves its task queue, or try again in a moment.',
    { cause, retryAfter: 5 },
  );
