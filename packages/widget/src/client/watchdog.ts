import { timeoutError } from './request-error.js';

/** Ends a request when nothing came for a while, or when the caller aborts it. */
export interface Watchdog {
  /** Aborts with a timeout error or with the caller's reason. */
  readonly signal: AbortSignal;
  /** Something came: the time starts again. */
  touch(): void;
  /** Stops watching; always call it at the end. */
  stop(): void;
}

/** Starts a {@link Watchdog} over `ms` milliseconds of silence. */
export const startWatchdog = (ms: number, outer?: AbortSignal): Watchdog => {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const leave = (): void => controller.abort(outer?.reason);
  const touch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(timeoutError(ms)), ms);
  };
  if (outer?.aborted) leave();
  outer?.addEventListener('abort', leave);
  touch();
  return {
    signal: controller.signal,
    touch,
    stop: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', leave);
    },
  };
};

/** The promise, or a rejection with the signal's reason: also for a `fetch` of the host that ignores its signal. */
export const abortable = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
