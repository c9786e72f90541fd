import { RequestError } from './request-error.js';

/** Tries of a request, the first included. */
const tries = 3;

/**
 * Runs `attempt` up to three times with pauses of 1 s and 2 s. Only what may pass by itself is tried again:
 * no answer, a cut, a 5xx; never a 4xx, a timeout or an abort.
 */
export const withRetries = async <T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
  for (let index = 0; ; index++) {
    try {
      return await attempt();
    } catch (error) {
      const again = error instanceof RequestError && error.retryable && index < tries - 1;
      if (!again) throw error;
      await pause(2 ** index * 1000, signal);
    }
  }
};

/** Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts first. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const leave = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave);
      resolve();
    }, ms);
    signal?.addEventListener('abort', leave);
  });
