import type { Availability } from '../stores/availability.js';
import type { Leases } from './leases.js';
import type { MemoryLeases } from './memory-session-lock.js';

/**
 * Leases that go on in memory while the primary is away.
 *
 * Memory records every lease, also those of the primary: so a turn that began before the primary was lost still holds
 * its session, and fences go on growing over the change in both directions.
 */
export const fallbackLeases = (primary: Leases, memory: MemoryLeases, availability: Availability): Leases => {
  /** Session by session, the holder whose lease could not be given up at the primary. */
  const undropped = new Map<string, string>();

  availability.addBacklog({
    pending: () => undropped.size > 0,
    async bringOver() {
      const batch = [...undropped];
      await Promise.all(batch.map(([sessionId, holder]) => primary.drop(sessionId, holder)));
      for (const [sessionId, holder] of batch) {
        if (undropped.get(sessionId) === holder) undropped.delete(sessionId);
      }
    },
  });

  return {
    take: (sessionId, holder, ttlMs, floor = 0) =>
      availability.either(
        async () => {
          // Asked first, so that the primary's fence does not grow past that of a turn that only memory knows of.
          const heldBy = await memory.holder(sessionId);
          if (heldBy !== undefined) return { heldBy };
          const taken = await primary.take(sessionId, holder, ttlMs, Math.max(floor, memory.newestFence()));
          if ('heldBy' in taken) return taken;
          if (await memory.keep(sessionId, holder, ttlMs, taken.fence)) return taken;
          await primary.drop(sessionId, holder);
          return { heldBy: (await memory.holder(sessionId)) ?? holder };
        },
        () => memory.take(sessionId, holder, ttlMs, floor),
      ),
    keep: (sessionId, holder, ttlMs, fence) =>
      availability.either(
        async () => {
          const kept = await primary.keep(sessionId, holder, ttlMs, fence);
          if (kept) return memory.keep(sessionId, holder, ttlMs, fence);
          await memory.drop(sessionId, holder);
          return false;
        },
        () => memory.keep(sessionId, holder, ttlMs, fence),
      ),
    async drop(sessionId, holder) {
      await memory.drop(sessionId, holder);
      await availability.either(
        () => primary.drop(sessionId, holder),
        async () => {
          undropped.set(sessionId, holder);
        },
      );
    },
    holder: (sessionId) =>
      availability.either(
        async () => (await primary.holder(sessionId)) ?? (await memory.holder(sessionId)),
        () => memory.holder(sessionId),
      ),
    async close() {
      await Promise.all([primary.close(), memory.close()]);
    },
  };
};
