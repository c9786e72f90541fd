import type { Lease, SessionLock } from '../ports/session-lock.js';

/** What a lock has to be able to do; {@link sessionLock} makes the port of it. Leases are named by session and holder. */
export interface Leases {
  /** Takes the session for `holder` if it is free, with a fence above `floor` and above every earlier one. Never waits. */
  take(
    sessionId: string,
    holder: string,
    ttlMs: number,
    floor?: number,
  ): Promise<{ readonly fence: number } | { readonly heldBy: string }>;
  /**
   * Extends the holder's lease; also takes an expired or lost one up again when nobody had a newer fence meanwhile.
   * False when the lease is lost.
   */
  keep(sessionId: string, holder: string, ttlMs: number, fence: number): Promise<boolean>;
  /** Gives it up if `holder` has it. */
  drop(sessionId: string, holder: string): Promise<void>;
  holder(sessionId: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** The port over {@link Leases}. */
export const sessionLock = (leases: Leases): SessionLock => ({
  async acquire(sessionId, holder, ttlMs) {
    const taken = await leases.take(sessionId, holder, ttlMs);
    if ('heldBy' in taken) return taken;
    const { fence } = taken;
    let released = false;
    const lease: Lease = {
      fence,
      renew: async () => !released && (await leases.keep(sessionId, holder, ttlMs, fence)),
      async release() {
        released = true;
        await leases.drop(sessionId, holder);
      },
    };
    return { lease };
  },
  holder: (sessionId) => leases.holder(sessionId),
  close: () => leases.close(),
});
