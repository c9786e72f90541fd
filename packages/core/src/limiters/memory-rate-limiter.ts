import { LRUCache } from 'lru-cache';
import type { RateLimiter } from '../ports/rate-limiter.js';

/** Options of {@link memoryRateLimiter}. */
export interface MemoryRateLimiterOptions {
  /** Calls a minute per key. */
  readonly perMinute: number;
  /** Milliseconds that only grow, whatever happens to the wall clock. Default `performance.now`. */
  readonly now?: () => number;
}

/** The length of the window. */
export const windowMs = 60_000;

/** Keys counted at once; above it the least recently seen one starts anew, so that made-up keys cannot fill the memory. */
const maxKeys = 10_000;

/**
 * Counts calls per key in fixed windows of a minute, in the memory of this process.
 * The window is measured on a clock that only grows; rate-limiter-flexible's own memory uses the wall clock.
 *
 * @example
 * const limiter = memoryRateLimiter({ perMinute: 10 });
 * const { allowed, resetMs } = await limiter.consume('203.0.113.7');
 */
export const memoryRateLimiter = ({
  perMinute,
  now = () => performance.now(),
}: MemoryRateLimiterOptions): RateLimiter => {
  const windows = new LRUCache<string, { count: number }>({
    max: maxKeys,
    ttl: windowMs,
    ttlResolution: 0,
    perf: { now },
  });

  return {
    async consume(key) {
      const open = windows.get(key);
      const window = open ?? { count: 0 };
      if (!open) windows.set(key, window);
      window.count += 1;
      return {
        allowed: window.count <= perMinute,
        limit: perMinute,
        remaining: Math.max(0, perMinute - window.count),
        resetMs: Math.max(0, Math.ceil(windows.getRemainingTTL(key))),
        windowMs,
      };
    },
    async close() {
      windows.clear();
    },
  };
};
