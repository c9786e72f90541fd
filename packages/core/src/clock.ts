import type { Clock } from './ports/clock.js';

/** The longest delay of `setTimeout`: 2^31 - 1 ms, almost 25 days. A longer one would fire at once. */
const longestTimeoutMs = 2 ** 31 - 1;

/**
 * The clock of the machine. Delays of any length hold: they are measured on the monotonic clock, so a change of the
 * wall clock neither shortens nor lengthens them, and they do not keep the process alive.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const due = performance.now() + ms;
    let timer: NodeJS.Timeout;
    const arm = (left: number): void => {
      timer = setTimeout(
        () => {
          const rest = due - performance.now();
          // Timers may come a little early; half a millisecond is not worth another one.
          if (rest > 0.5) arm(rest);
          else callback();
        },
        Math.min(Math.max(0, left), longestTimeoutMs),
      );
      timer.unref();
    };
    arm(ms);
    return () => clearTimeout(timer);
  },
};
