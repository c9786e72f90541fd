import { LRUCache } from 'lru-cache';
import type { Session } from '../ports/session-store.js';
import type { SessionReplica } from './session-replica.js';
import { sessionConflict, staleLease } from './store-errors.js';

/** Options of {@link memorySessionStore}. */
export interface MemorySessionStoreOptions {
  /** Sessions kept; the least recently used one goes first. Default 1000. */
  readonly max?: number;
  /** Milliseconds after the last save until a session is gone. Default 24 h. */
  readonly ttlMs?: number;
  /** Milliseconds that only grow, whatever happens to the wall clock. Default `performance.now`. */
  readonly now?: () => number;
}

/** A memory session store, with what the fallback needs besides. */
export interface MemorySessionStore extends SessionReplica {
  /** Drops all that is known of a session. */
  forget(id: string): void;
}

interface Entry {
  /** Undefined for a deleted session: its fence and version stay, so that a late writer is still refused. */
  readonly json: string | undefined;
  readonly version: number;
  readonly fence: number;
}

const parse = (json: string): Session => JSON.parse(json);

/**
 * Keeps sessions in the memory of this process, bounded in number and time.
 * Sessions are copied in and out (as JSON), so nobody shares an object with the store.
 *
 * @example
 * const sessions = memorySessionStore({ max: 1000, ttlMs: 24 * 3_600_000 });
 */
export const memorySessionStore = ({
  max = 1000,
  ttlMs = 24 * 3_600_000,
  now = () => performance.now(),
}: MemorySessionStoreOptions = {}): MemorySessionStore => {
  // ttlResolution 0: the cache asks the given clock every time instead of remembering its answer in a timer.
  const entries = new LRUCache<string, Entry>({ max, ttl: ttlMs, ttlResolution: 0, perf: { now } });

  return {
    kind: 'memory',
    async load(id) {
      const entry = entries.get(id);
      return entry?.json === undefined ? undefined : { session: parse(entry.json), version: entry.version };
    },
    async save(session, expected, fence) {
      const entry = entries.get(session.id);
      if (entry && fence < entry.fence) throw staleLease(session.id);
      if ((entry?.json === undefined ? 0 : entry.version) !== expected) throw sessionConflict(session.id);
      const version = (entry?.version ?? 0) + 1;
      entries.set(session.id, { json: JSON.stringify(session), version, fence });
      return version;
    },
    async restore(session, version) {
      const entry = entries.get(session.id);
      if (entry && entry.version >= version) return false;
      entries.set(session.id, { json: JSON.stringify(session), version, fence: entry?.fence ?? 0 });
      return true;
    },
    async delete(id) {
      const entry = entries.get(id);
      if (entry?.json === undefined) return false;
      entries.set(id, { json: undefined, version: entry.version + 1, fence: entry.fence });
      return true;
    },
    forget(id) {
      entries.delete(id);
    },
    degraded: () => undefined,
    async close() {
      entries.clear();
    },
  };
};
