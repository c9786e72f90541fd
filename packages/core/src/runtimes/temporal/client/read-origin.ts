import { messages, type RunOrigin } from '../common/contract.js';
import { askWorker } from './ask-worker.js';
import type { TemporalConnection } from './connect-temporal.js';

/** What a run was started with, from a worker. Throws `worker_unavailable`. */
export const readOrigin = (connection: TemporalConnection, runId: string): Promise<RunOrigin> =>
  askWorker(connection, () => connection.client.workflow.getHandle(runId).query<RunOrigin>(messages.origin));
