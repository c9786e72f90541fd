import Bottleneck from 'bottleneck';
import { WorkflowError } from '../../errors.js';

/** A bounded number of calls at once, and a bounded queue before them. */
export interface Slots {
  /** Waits for a slot; the answer gives it back. Throws `model_unavailable` when the queue is full, or the signal's reason. */
  take(signal: AbortSignal): Promise<() => void>;
  close(): Promise<void>;
}

/** Makes {@link Slots}. A slot lasts as long as its stream, so `maxConcurrent` bounds the sockets too. */
export const createSlots = (maxConcurrent: number, maxQueued: number): Slots => {
  const limiter = new Bottleneck({
    maxConcurrent,
    highWater: maxQueued,
    strategy: Bottleneck.strategy.OVERFLOW,
  });

  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        const abandon = (): void => reject(signal.reason);
        if (signal.aborted) return abandon();
        signal.addEventListener('abort', abandon, { once: true });
        const job = (): Promise<void> => {
          signal.removeEventListener('abort', abandon);
          // Nobody waits any more: the slot goes straight to the next one.
          if (signal.aborted) return Promise.resolve();
          return new Promise((release) => resolve(release));
        };
        limiter.schedule(job).catch((cause: unknown) => {
          signal.removeEventListener('abort', abandon);
          reject(
            new WorkflowError(
              'model_unavailable',
              'Too many messages wait for the language model. Try again soon.',
              {
                cause,
                retryAfter: 5,
              },
            ),
          );
        });
      }),
    close: () => limiter.disconnect(),
  };
};
