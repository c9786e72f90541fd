import type { Caller } from '../builder.js';
import { WorkflowError } from '../errors.js';
import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Lease, SessionLock } from '../ports/session-lock.js';
import type { Session, SessionStore, VersionedSession } from '../ports/session-store.js';

/** How long a lease holds without renewal: after a server has died, its sessions are free again by then. */
const leaseMs = 30_000;

/** A session that one turn alone may change. */
export interface HeldSession {
  /** As it was loaded, or new. */
  readonly session: Session;
  /** Saves on the version that was loaded or last saved here, with the lease's fence. Throws `conflict`, `stale_lease`. */
  save(session: Session): Promise<void>;
  /** Gives the session back. Never throws. */
  release(): Promise<void>;
}

/** What holding a session needs. */
export interface HoldDeps {
  readonly sessions: SessionStore;
  readonly locks: SessionLock;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Who wants to hold which session. */
export interface HoldRequest {
  readonly sessionId: string;
  readonly turnId: string;
  readonly caller: Caller;
  /** Called once when somebody else has taken the session: the turn must end. */
  readonly onLost: (error: WorkflowError) => void;
}

/**
 * Takes the lease of a session, keeps it and loads the session; a new id begins one that belongs to the caller.
 * Throws `not_found` for somebody else's session and `turn_running` (details `{turn_id}`).
 */
export const holdSession = async (deps: HoldDeps, request: HoldRequest): Promise<HeldSession> => {
  const { sessions, locks, logger } = deps;
  const { sessionId, turnId, caller, onLost } = request;
  const taken = await locks.acquire(sessionId, turnId, leaseMs);
  if ('heldBy' in taken) {
    // Somebody else's session does not even say that it is busy.
    await loadOwned(sessions, sessionId, caller);
    throw turnRunning(taken.heldBy);
  }
  const { lease } = taken;
  const stopRenewing = keepRenewing(lease, deps, () => onLost(leaseLost(sessionId)));
  const release = async (): Promise<void> => {
    stopRenewing();
    try {
      await lease.release();
    } catch (error) {
      logger.warn({ err: error, sessionId, turnId }, 'A lease could not be released: it ends by itself.');
    }
  };
  try {
    const loaded = await loadOwned(sessions, sessionId, caller);
    let version = loaded?.version ?? 0;
    return {
      session: loaded?.session ?? newSession(sessionId, caller),
      async save(session) {
        version = await sessions.save(session, version, lease.fence);
      },
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
};

/** A session if there is one. Throws `not_found` when it is somebody else's, as if there were none. */
export const loadOwned = async (
  sessions: SessionStore,
  id: string,
  caller: Caller,
): Promise<VersionedSession | undefined> => {
  const loaded = await sessions.load(id);
  if (loaded && loaded.session.principal !== caller.principal) throw noSession(id);
  return loaded;
};

/** The error for a session that does not exist, or not for this caller. */
export const noSession = (id: string): WorkflowError =>
  new WorkflowError('not_found', `There is no session "${id}": it was deleted, or it expired.`);

const newSession = (id: string, { principal }: Caller): Session => ({
  id,
  ...(principal === undefined ? {} : { principal }),
  turns: [],
  draft: null,
  sentCards: null,
});

const turnRunning = (turnId: string): WorkflowError =>
  new WorkflowError(
    'turn_running',
    'A message is being worked on in this session. Wait for its answer, then send the next one.',
    { details: { turn_id: turnId } },
  );

const leaseLost = (id: string): WorkflowError =>
  new WorkflowError(
    'stale_lease',
    `Somebody else has held session "${id}" since: nothing was changed. Send the message again.`,
  );

/** Renews a lease every third of its time until stopped or lost. A renewal that fails is tried again: the fence decides. */
const keepRenewing = (lease: Lease, { clock, logger }: HoldDeps, onLost: () => void): (() => void) => {
  let stopped = false;
  let cancel = (): void => undefined;
  const renew = async (): Promise<void> => {
    try {
      if (!(await lease.renew())) {
        if (!stopped) onLost();
        return;
      }
    } catch (error) {
      logger.warn({ err: error }, 'A lease could not be renewed: it is tried again.');
    }
    arm();
  };
  const arm = (): void => {
    if (!stopped) cancel = clock.after(leaseMs / 3, () => void renew());
  };
  arm();
  return () => {
    stopped = true;
    cancel();
  };
};
