import { digest } from '../../../digest.js';
import { type ErrorCode, errorKinds, WorkflowError } from '../../../errors.js';
import type { JournalEntry, SignalEntry } from '../../../ports/run-store.js';
import { isHeardBefore } from '../../common/heard-before.js';
import { messages, type SignalMessage } from '../common/contract.js';
import { askWorker } from './ask-worker.js';
import type { TemporalConnection } from './connect-temporal.js';
import { readArguments } from './read-arguments.js';
import { requireRoom } from './require-room.js';

/**
 * Delivers a signal as an update, so that the run itself takes or refuses it, and two decisions never both count.
 * False when there is no open run, and none that took it under its key in its last history. Throws what the run refuses it
 * with, `payload_too_large`.
 */
export const sendSignal = async (
  connection: TemporalConnection,
  runId: string,
  message: SignalMessage,
): Promise<boolean> => {
  requireRoom(connection, message, 'The signal');
  return askWorker(connection, async ({ WorkflowNotFoundError, WorkflowUpdateFailedError }) => {
    const handle = connection.client.workflow.getHandle(runId);
    const updateId = updateIdOf(message);
    try {
      await handle.executeUpdate<void, [SignalMessage]>(messages.signal, {
        args: [message],
        ...(updateId === undefined ? {} : { updateId }),
      });
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      if (error instanceof WorkflowUpdateFailedError) throw refusalOf(error.cause) ?? error;
      throw error;
    }
  });
};

/**
 * Whether an ended run had the signal before it went on with its last history, which took over what came until then. Throws
 * `conflict` when another signal came under its key.
 */
export const cameEarlier = async (
  connection: TemporalConnection,
  runId: string,
  message: SignalMessage,
): Promise<boolean> => {
  if (message.key === undefined) return false;
  const args = await readArguments(connection, { workflowId: runId });
  const journal = args && 'journal' in args ? (args.journal ?? []) : [];
  const isKnown = (entry: JournalEntry): entry is SignalEntry =>
    entry.kind === 'signal' && entry.key === message.key;
  return isHeardBefore(journal.find(isKnown), message);
};

/** Temporal answers an update that it has had already. One with the same key and other content is the run's to refuse. */
const updateIdOf = ({ key, name, payload }: SignalMessage): string | undefined =>
  key === undefined ? undefined : digest([key, name, payload]);

const refusalOf = (failure: Error | undefined): WorkflowError | undefined => {
  const { type } = { type: undefined, ...failure };
  return failure && isErrorCode(type) ? new WorkflowError(type, failure.message) : undefined;
};

const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(errorKinds, code);
