import { WorkflowError } from '../../errors.js';
import type { SignalEntry } from '../../ports/run-store.js';

/** What makes two signals under one key the same. */
type Signal = Pick<SignalEntry, 'name' | 'payload'>;

/** Whether `before`, what came under the key of this signal, is this signal. Throws `conflict` when it is another one. */
export const isHeardBefore = (before: Signal | undefined, { name, payload }: Signal): boolean => {
  if (!before) return false;
  if (before.name === name && JSON.stringify(before.payload) === JSON.stringify(payload)) return true;
  throw new WorkflowError(
    'conflict',
    'This Idempotency-Key was used for another signal. Use a new key for each.',
  );
};
