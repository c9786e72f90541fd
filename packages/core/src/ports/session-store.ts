import type { StepCard } from '../protocol/chat.js';
import type { Definition } from '../workflow/definition.js';
import type { ModelMessage } from './language-model.js';

/** A turn of a stored conversation. */
export interface StoredTurn {
  readonly turnId: string;
  /** Exactly what the person sent: sanitised only where it is shown. */
  readonly message: string;
  /** The reply; absent while the turn did not end well. */
  readonly reply?: string;
  /** RFC 3339 UTC. */
  readonly at: string;
  /** What the model saw and said in this turn, to be sent again as history. */
  readonly transcript: readonly ModelMessage[];
}

/** A conversation and the draft it edits. Pure JSON. */
export interface Session {
  readonly id: string;
  /** Who it belongs to; absent when the host does not authenticate. */
  readonly principal?: string;
  readonly turns: readonly StoredTurn[];
  readonly draft: { readonly definition: Definition; readonly revision: number } | null;
  /** The step cards last sent to the first version's page, to see what its person changed. */
  readonly sentCards: readonly StepCard[] | null;
  /** Texts of requirement documents: untrusted data. */
  readonly documents?: readonly { readonly name: string; readonly text: string }[];
}

/** A session with the version that the next save must name. */
export interface VersionedSession {
  readonly session: Session;
  readonly version: number;
}

/** Keeps sessions for a bounded time. Every value is copied in and out. */
export interface SessionStore {
  /** What it is, for `/health`: `memory`, `redis`. */
  readonly kind: string;
  load(id: string): Promise<VersionedSession | undefined>;
  /**
   * Saves if the stored version is still `expected` (0: none is stored) and `fence` is not older than the newest seen.
   * Returns the new version. Throws `conflict` or `stale_lease`, and nothing is saved.
   */
  save(session: Session, expected: number, fence: number): Promise<number>;
  /** True when there was one. */
  delete(id: string): Promise<boolean>;
  /** A sentence while it does not work as configured (fallen back to memory, say), else undefined. Never waits on the network. */
  degraded(): string | undefined;
  close(): Promise<void>;
}
