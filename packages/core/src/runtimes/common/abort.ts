/**
 * What gives a handler up: as an `AbortController`, but its signal is made when somebody reads it. Node takes microseconds
 * to make one, and most handlers never look.
 */
export interface Abort {
  readonly aborted: boolean;
  /** The same at every reading. */
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
  /** Calls the listener when it is aborted; instead of the one before. */
  onAbort(listener: () => void): void;
}

/** Makes an {@link Abort}. */
export const createAbort = (): Abort => {
  let controller: AbortController | undefined;
  let aborted = false;
  let why: unknown;
  let told = (): void => undefined;
  return {
    get aborted() {
      return aborted;
    },
    get signal() {
      if (!controller) {
        controller = new AbortController();
        if (aborted) controller.abort(why);
      }
      return controller.signal;
    },
    abort(reason) {
      if (aborted) return;
      aborted = true;
      why = reason;
      controller?.abort(reason);
      told();
    },
    onAbort(listener) {
      told = listener;
    },
  };
};
