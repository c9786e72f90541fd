/** The right to change a session until `release` or until it expires. */
export interface Lease {
  /** Grows with every lease of a session; a store refuses a write with an older one. */
  readonly fence: number;
  /** Extends the lease; false when it was lost. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** One turn at a time per session, across servers where the implementation can. */
export interface SessionLock {
  /** Takes the lock for `holder` (a turn id) or says who holds it. Never waits. */
  acquire(
    sessionId: string,
    holder: string,
    ttlMs: number,
  ): Promise<{ readonly lease: Lease } | { readonly heldBy: string }>;
  /** Who holds it now. */
  holder(sessionId: string): Promise<string | undefined>;
  close(): Promise<void>;
}
