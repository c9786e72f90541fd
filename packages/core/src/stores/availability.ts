import { WorkflowError } from '../errors.js';
import type { Logger } from '../ports/logger.js';

/** Options of {@link watchAvailability}. */
export interface AvailabilityOptions {
  /** What it is called in logs, e.g. `Redis`. */
  readonly name: string;
  /** Does a small write; throws while the backend cannot serve. */
  readonly probe: () => Promise<void>;
  readonly logger: Logger;
  /** Milliseconds between two probes while the backend is away. Default 250. */
  readonly probeEveryMs?: number;
  /** Milliseconds between two probes while it serves, so that health is honest without traffic. Default 2000. */
  readonly watchEveryMs?: number;
}

/** What a fallback has to bring over before its primary is used again. */
export interface Backlog {
  /** Whether something is left. */
  pending(): boolean;
  /** Brings over what is there now. When it throws, the backend stays away until the next probe. */
  bringOver(): Promise<void>;
}

/**
 * Whether a backend can be used. The first call that finds it away turns everybody to the fallback at once, so that
 * nobody else waits for it; from then on only a probe in the background asks, and turns everybody back.
 */
export interface Availability {
  /** Calls `primary`, or `fallback` while the backend is away or when `primary` throws `store_unavailable`. */
  either<T>(primary: () => Promise<T>, fallback: () => Promise<T>): Promise<T>;
  isLost(): boolean;
  /** Declares it away, as a failed call does. */
  lose(cause: unknown): void;
  /** Nobody is turned back before the backlog is empty. */
  addBacklog(backlog: Backlog): void;
  close(): void;
}

/** Watches a backend; see {@link Availability}. One line is logged when it is lost and one when it is back. */
export const watchAvailability = ({
  name,
  probe,
  logger,
  probeEveryMs = 250,
  watchEveryMs = 2000,
}: AvailabilityOptions): Availability => {
  const backlogs: Backlog[] = [];
  let lost = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  /** Calls of a fallback that have begun and may still add to a backlog. */
  let inFallback = 0;

  const probeLater = (): void => {
    clearTimeout(timer);
    if (closed) return;
    timer = setTimeout(check, lost ? probeEveryMs : watchEveryMs);
    timer.unref();
  };

  const lose = (cause: unknown): void => {
    if (lost || closed) return;
    lost = true;
    logger.warn({ err: cause }, `${name} is away: this server goes on in memory until it is back.`);
    probeLater();
  };

  const comeBack = async (): Promise<void> => {
    do {
      await Promise.all(backlogs.map((backlog) => backlog.bringOver()));
      // After a macrotask no call is half-way through memory, so the check and the turn back are one step.
      await nextMacrotask();
    } while (!closed && (inFallback > 0 || backlogs.some((backlog) => backlog.pending())));
    lost = false;
    logger.info({}, `${name} is back: it is used again.`);
  };

  const check = async (): Promise<void> => {
    try {
      await probe();
      if (lost && !closed) await comeBack();
    } catch (error) {
      lose(error);
    }
    probeLater();
  };

  const viaFallback = async <T>(fallback: () => Promise<T>): Promise<T> => {
    inFallback += 1;
    try {
      return await fallback();
    } finally {
      inFallback -= 1;
    }
  };

  probeLater();
  return {
    async either(primary, fallback) {
      if (lost) return viaFallback(fallback);
      try {
        return await primary();
      } catch (error) {
        if (!WorkflowError.is(error) || error.code !== 'store_unavailable') throw error;
        lose(error);
        return viaFallback(fallback);
      }
    },
    isLost: () => lost,
    lose,
    addBacklog: (backlog) => backlogs.push(backlog),
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
};

const nextMacrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
