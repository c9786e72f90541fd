import { type ErrorCode, errorKinds, WorkflowError } from '../../../errors.js';
import { messages, type SignalMessage } from '../common/contract.js';
import { askWorker } from './ask-worker.js';
import type { TemporalConnection } from './connect-temporal.js';
import { requireRoom } from './require-room.js';

/**
 * Delivers a signal as an update, so that the run itself takes or refuses it, and two decisions never both count.
 * False when there is no open run. Throws what the run refuses it with, `payload_too_large`.
 */
export const sendSignal = (
  connection: TemporalConnection,
  runId: string,
  message: SignalMessage,
): Promise<boolean> => {
  requireRoom(connection, message, 'The signal');
  return askWorker(connection, async ({ WorkflowNotFoundError, WorkflowUpdateFailedError }) => {
    try {
      await connection.client.workflow
        .getHandle(runId)
        .executeUpdate<void, [SignalMessage]>(messages.signal, { args: [message] });
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      if (error instanceof WorkflowUpdateFailedError) throw refusalOf(error.cause) ?? error;
      throw error;
    }
  });
};

const refusalOf = (failure: Error | undefined): WorkflowError | undefined => {
  const { type } = { type: undefined, ...failure };
  return failure && isErrorCode(type) ? new WorkflowError(type, failure.message) : undefined;
};

const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(errorKinds, code);
