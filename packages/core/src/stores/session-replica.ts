import type { Session, SessionStore } from '../ports/session-store.js';

/** A session store that can take over what another one has saved. */
export interface SessionReplica extends SessionStore {
  /** Stores the session as that version unless what is stored is as new or newer. True when it was stored. */
  restore(session: Session, version: number): Promise<boolean>;
}
