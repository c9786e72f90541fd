import type { Clock } from '../ports/clock.js';

/** A clock that a test moves by hand. */
export interface ManualClock extends Clock {
  /** How many timers are set. */
  readonly pending: number;
  /**
   * Moves time on by `ms`: timers due come in their order, each at its own time, and what they set off (promises,
   * I/O callbacks already queued) is let go on before the next one.
   */
  advance(ms: number): Promise<void>;
  /** Moves time to the next timer; false when there is none. */
  next(): Promise<boolean>;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/**
 * Makes a {@link ManualClock} that starts at `start` (ms since the epoch, default 2030-01-01T00:00:00Z).
 *
 * @example
 * const clock = manualClock();
 * clock.after(48 * 3_600_000, () => done());
 * await clock.advance(48 * 3_600_000);
 */
export const manualClock = (start = Date.UTC(2030, 0, 1)): ManualClock => {
  const timers = new Set<Timer>();
  let time = start;
  let order = 0;

  const earliest = (): Timer | undefined =>
    [...timers].sort((a, b) => a.at - b.at || a.order - b.order).at(0);

  const fire = async (timer: Timer): Promise<void> => {
    timers.delete(timer);
    time = Math.max(time, timer.at);
    timer.callback();
    await settle();
  };

  return {
    now: () => time,
    after(ms, callback) {
      order += 1;
      const timer = { at: time + Math.max(0, ms), order, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    get pending() {
      return timers.size;
    },
    async advance(ms) {
      const until = time + ms;
      await settle();
      for (let timer = earliest(); timer && timer.at <= until; timer = earliest()) await fire(timer);
      time = until;
      await settle();
    },
    async next() {
      await settle();
      const timer = earliest();
      if (timer) await fire(timer);
      return timer !== undefined;
    },
  };
};

/** Lets promises and queued callbacks go on: a handful of turns of the event loop, more than any chain of stores needs. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
};
