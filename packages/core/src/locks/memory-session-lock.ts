import type { SessionLock } from '../ports/session-lock.js';
import { type Leases, sessionLock } from './leases.js';

/** Options of {@link memorySessionLock}. */
export interface MemorySessionLockOptions {
  /** Milliseconds that only grow, whatever happens to the wall clock. Default `performance.now`. */
  readonly now?: () => number;
}

/** Leases in memory, with what the fallback needs besides. */
export interface MemoryLeases extends Leases {
  /** The highest fence seen so far, over all sessions. */
  newestFence(): number;
}

interface Held {
  readonly holder: string;
  readonly fence: number;
  readonly until: number;
}

/** An ended lease is remembered this long, so that a holder older than it cannot take the session up again. */
const rememberMs = 600_000;

/** Leases of one process. One counter gives the fences of all sessions, so they grow without a record per session. */
export const memoryLeases = ({
  now = () => performance.now(),
}: MemorySessionLockOptions = {}): MemoryLeases => {
  const held = new Map<string, Held>();
  let newest = 0;
  let sweepAt = 1000;

  const current = (sessionId: string): Held | undefined => {
    const lease = held.get(sessionId);
    return lease && lease.until > now() ? lease : undefined;
  };
  const sweep = (): void => {
    if (held.size < sweepAt) return;
    for (const [sessionId, lease] of held) if (lease.until + rememberMs <= now()) held.delete(sessionId);
    sweepAt = Math.max(1000, held.size * 2);
  };

  return {
    async take(sessionId, holder, ttlMs, floor = 0) {
      const other = current(sessionId);
      if (other) return { heldBy: other.holder };
      sweep();
      newest = Math.max(newest, floor) + 1;
      held.set(sessionId, { holder, fence: newest, until: now() + ttlMs });
      return { fence: newest };
    },
    async keep(sessionId, holder, ttlMs, fence) {
      const last = held.get(sessionId);
      const lost = last && (last.fence > fence || (last.holder !== holder && last.until > now()));
      if (lost) return false;
      newest = Math.max(newest, fence);
      held.set(sessionId, { holder, fence, until: now() + ttlMs });
      return true;
    },
    async drop(sessionId, holder) {
      const lease = held.get(sessionId);
      if (lease?.holder === holder) held.set(sessionId, { ...lease, until: Math.min(lease.until, now()) });
    },
    async holder(sessionId) {
      return current(sessionId)?.holder;
    },
    newestFence: () => newest,
    async close() {
      held.clear();
    },
  };
};

/**
 * One turn at a time per session within this process.
 *
 * @example
 * const taken = await memorySessionLock().acquire('session_1', 'turn_1', 30_000);
 * if ('lease' in taken) await taken.lease.release();
 */
export const memorySessionLock = (options: MemorySessionLockOptions = {}): SessionLock =>
  sessionLock(memoryLeases(options));
