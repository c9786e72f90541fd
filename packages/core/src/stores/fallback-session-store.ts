import { WorkflowError } from '../errors.js';
import type { SessionStore, VersionedSession } from '../ports/session-store.js';
import type { Availability } from './availability.js';
import type { MemorySessionStore } from './memory-session-store.js';
import type { SessionReplica } from './session-replica.js';

/** What happened to a session in memory while the primary was away. */
type Change = 'saved' | 'deleted';

/**
 * A session store that goes on in memory while its primary is away.
 *
 * While the primary serves, memory keeps a copy of every session that passes through. While it is away, memory alone is
 * read and written. Before the primary is used again, every session changed meanwhile is written back under the version
 * it has reached: what the primary holds wins if it is as new or newer, so nothing older ever replaces something newer.
 */
export const withFallback = (
  primary: SessionReplica,
  memory: MemorySessionStore,
  availability: Availability,
): SessionStore => {
  const changed = new Map<string, Change>();

  const remember = async (found: VersionedSession): Promise<void> => {
    await memory.restore(found.session, found.version);
  };

  /** Memory may lack the version that the caller has read from the primary: then the caller's is the newest known. */
  const saveInMemory: SessionStore['save'] = async (session, expected, fence) => {
    try {
      return await memory.save(session, expected, fence);
    } catch (error) {
      const behind = WorkflowError.is(error) && error.code === 'conflict' && expected > 0;
      if (!behind || !(await memory.restore(session, expected + 1))) throw error;
      return expected + 1;
    }
  };

  const writeBack = async (id: string, change: Change): Promise<void> => {
    if (change === 'deleted') await primary.delete(id);
    const mine = await memory.load(id);
    if (!mine || (await primary.restore(mine.session, mine.version))) return;
    // The primary's is as new or newer: memory must not serve the losing copy the next time.
    memory.forget(id);
  };

  availability.addBacklog({
    pending: () => changed.size > 0,
    async bringOver() {
      const batch = [...changed];
      changed.clear();
      try {
        await Promise.all(batch.map(([id, change]) => writeBack(id, change)));
      } catch (error) {
        for (const [id, change] of batch) if (changed.get(id) !== 'deleted') changed.set(id, change);
        throw error;
      }
    },
  });

  return {
    kind: primary.kind,
    load: (id) =>
      availability.either(
        async () => {
          const found = await primary.load(id);
          if (found) await remember(found);
          return found;
        },
        () => memory.load(id),
      ),
    save: (session, expected, fence) =>
      availability.either(
        async () => {
          const version = await primary.save(session, expected, fence);
          await remember({ session, version });
          return version;
        },
        async () => {
          const version = await saveInMemory(session, expected, fence);
          if (changed.get(session.id) !== 'deleted') changed.set(session.id, 'saved');
          return version;
        },
      ),
    delete: (id) =>
      availability.either(
        async () => {
          const existed = await primary.delete(id);
          await memory.delete(id);
          return existed;
        },
        async () => {
          changed.set(id, 'deleted');
          return memory.delete(id);
        },
      ),
    degraded: () =>
      availability.isLost()
        ? `The session store (${primary.kind}) does not answer: sessions are kept in the memory of this server until it is back.`
        : undefined,
    async close() {
      await Promise.all([primary.close(), memory.close()]);
    },
  };
};
