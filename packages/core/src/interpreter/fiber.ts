/**
 * Steps as coroutines. Not promises, for one reason: everything that follows from an answer happens before the next
 * answer is looked at, so the log depends on the order of the answers alone, whatever runtime they come from.
 */

/** Begins a wait: calls `resume` once when it is over, and returns what gives it up. */
export type Park = (resume: () => void) => () => void;

/** Code that waits by yielding a {@link Park}; it is resumed with `false` when it was cancelled meanwhile. */
export type Flow<T> = Generator<Park, T, boolean>;

/** A flow under way. */
export interface Fiber {
  /** Ends its wait and resumes it with `false`; from then on every wait of it ends at once so. */
  cancel(): void;
}

/** Runs `flow` up to its first wait, and on from there; `done` gets what it returns, perhaps before `spawn` returns. */
export const spawn = <T>(flow: Flow<T>, done: (value: T) => void): Fiber => {
  let giveUp: (() => void) | undefined;
  let running = false;
  let resumed = false;
  let cancelled = false;
  let ended = false;

  const resume = (): void => {
    resumed = true;
    if (!running) advance(true);
  };

  const advance = (alive: boolean): void => {
    running = true;
    let next = flow.next(alive);
    while (!next.done) {
      if (!cancelled) {
        resumed = false;
        giveUp = next.value(resume);
        if (!resumed) break;
      }
      next = flow.next(!cancelled);
    }
    running = false;
    if (!next.done) return;
    ended = true;
    done(next.value);
  };

  advance(true);
  return {
    cancel() {
      if (ended || cancelled) return;
      cancelled = true;
      giveUp?.();
      advance(false);
    },
  };
};
