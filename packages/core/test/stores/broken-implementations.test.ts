/** A conformance suite is worth what it finds: here it meets implementations that are broken on purpose. */
import { describe, expect, test } from 'vitest';
import { WorkflowError } from '../../src/errors.js';
import { memoryRateLimiter } from '../../src/limiters/memory-rate-limiter.js';
import { memorySessionLock } from '../../src/locks/memory-session-lock.js';
import type { ArchivedRun, RunArchive } from '../../src/ports/run-archive.js';
import type { JournalEntry, RunStore } from '../../src/ports/run-store.js';
import type { SessionLock } from '../../src/ports/session-lock.js';
import type { Session, SessionStore } from '../../src/ports/session-store.js';
import type { WorkflowStore } from '../../src/ports/workflow-store.js';
import { memoryRunArchive } from '../../src/stores/memory-run-archive.js';
import { memoryRunStore, type RunMemory, runMemory } from '../../src/stores/memory-run-store.js';
import { type MemorySessionStore, memorySessionStore } from '../../src/stores/memory-session-store.js';
import { memoryWorkflowStore } from '../../src/stores/memory-workflow-store.js';
import { rateLimiterConformance } from '../../src/testing/rate-limiter-conformance.js';
import { runArchiveConformance } from '../../src/testing/run-archive-conformance.js';
import { runStoreConformance } from '../../src/testing/run-store-conformance.js';
import { sessionLockConformance } from '../../src/testing/session-lock-conformance.js';
import { sessionStoreConformance } from '../../src/testing/session-store-conformance.js';
import { workflowStoreConformance } from '../../src/testing/workflow-store-conformance.js';
import { failing, manualTime } from './support/run-cases.js';

const time = manualTime();

describe('the session store suite finds', () => {
  const found = (
    breakIt: (store: MemorySessionStore, ttlMs: number) => Partial<SessionStore>,
  ): Promise<string[]> =>
    failing(
      sessionStoreConformance({
        open: ({ ttlMs }) => {
          const store = memorySessionStore({ ttlMs, now: time.now });
          return { ...store, ...breakIt(store, ttlMs) };
        },
        wait: time.wait,
      }),
    );

  test('a lost compare-and-set', async () => {
    const names = await found((store) => ({
      async save(session, _expected, fence) {
        return store.save(session, (await store.load(session.id))?.version ?? 0, fence);
      },
    }));
    expect(names).toContain('refuses a save on a version that is not the newest, and keeps what it has');
    expect(names).toContain('deletes, and refuses a late save of what was deleted');
  });

  test('a compare-and-set that is not atomic', async () => {
    const names = await found((store) => ({
      async save(session, expected) {
        const version = (await store.load(session.id))?.version ?? 0;
        if (version !== expected) throw new WorkflowError('conflict', 'It has changed.');
        await store.restore(session, expected + 1);
        return expected + 1;
      },
    }));
    expect(names).toContain('lets exactly one of many concurrent saves on the same version through');
    expect(names).not.toContain('refuses a save on a version that is not the newest, and keeps what it has');
  });

  test('a fence that is ignored', async () => {
    const names = await found((store) => ({ save: (session, expected) => store.save(session, expected, 1) }));
    expect(names).toContain('refuses a save under an older fence than it has seen');
  });

  test('a time to live that leaks', async () => {
    const names = await found(() => memorySessionStore({ now: time.now }));
    expect(names).toEqual(['forgets a session some time after its last save']);
  });

  test('a time to live that a save does not start anew', async () => {
    const born = new Map<string, number>();
    const names = await found((store, ttlMs) => ({
      save: (session, expected, fence) => {
        if (!born.has(session.id)) born.set(session.id, time.now());
        return store.save(session, expected, fence);
      },
      load: async (id) => (time.now() - (born.get(id) ?? 0) > ttlMs ? undefined : store.load(id)),
    }));
    expect(names).toEqual(['forgets a session some time after its last save']);
  });

  test('shared references', async () => {
    const kept = new Map<string, Session>();
    const names = await found((store) => ({
      save(session, expected, fence) {
        kept.set(session.id, session);
        return store.save(session, expected, fence);
      },
      async load(id) {
        const [loaded, session] = [await store.load(id), kept.get(id)];
        return loaded && session ? { ...loaded, session } : loaded;
      },
    }));
    expect(names).toContain('shares no object with its caller');
  });
});

describe('the session lock suite finds', () => {
  const found = (breakIt: (lock: SessionLock) => Partial<SessionLock>): Promise<string[]> =>
    failing(
      sessionLockConformance({
        open: () => {
          const lock = memorySessionLock({ now: time.now });
          return { ...lock, ...breakIt(lock) };
        },
        wait: time.wait,
      }),
    );

  test('a lock that locks nothing', async () => {
    const names = await found(() => ({
      acquire: (id, holder, ttl) => memorySessionLock({ now: time.now }).acquire(id, holder, ttl),
    }));
    expect(names).toContain('gives a session to exactly one of many who ask at once');
  });

  test('a lease that never expires', async () => {
    const names = await found((lock) => ({ acquire: (id, holder) => lock.acquire(id, holder, 1e9) }));
    expect(names).toContain('gives an expired lease to the next one, and tells the old holder');
  });

  test('a fence that stands still', async () => {
    const names = await found((lock) => ({
      async acquire(id, holder, ttl) {
        const taken = await lock.acquire(id, holder, ttl);
        return 'lease' in taken ? { lease: { ...taken.lease, fence: 1 } } : taken;
      },
    }));
    expect(names).toContain('raises the fence with every lease of a session');
  });

  test('a release that frees whoever holds it', async () => {
    let holder: string | undefined;
    const names = await found((lock) => ({
      async acquire(id, who, ttl) {
        const taken = await lock.acquire(id, who, ttl);
        if (!('lease' in taken)) return taken;
        holder = who;
        const release = async (): Promise<void> => {
          holder = undefined;
        };
        return { lease: { ...taken.lease, release } };
      },
      holder: async () => holder,
    }));
    expect(names).toContain('gives an expired lease to the next one, and tells the old holder');
  });
});

describe('the rate limiter suite finds', () => {
  test('one count for all keys', async () => {
    const names = await failing(
      rateLimiterConformance({
        open(perMinute) {
          const limiter = memoryRateLimiter({ perMinute, now: time.now });
          return { ...limiter, consume: () => limiter.consume('everybody') };
        },
        wait: time.wait,
      }),
    );
    expect(names).toEqual(['counts every key by itself']);
  });

  test('a window that every call extends', async () => {
    const names = await failing(
      rateLimiterConformance({
        open(perMinute) {
          let [limiter, last] = [memoryRateLimiter({ perMinute }), time.now()];
          return {
            ...limiter,
            consume(key) {
              if (time.now() - last > 60_000) limiter = memoryRateLimiter({ perMinute });
              last = time.now();
              return limiter.consume(key);
            },
          };
        },
        wait: time.wait,
      }),
    );
    expect(names).toEqual(['starts anew when the window has ended, not when calls go on']);
  });
});

describe('the workflow store suite finds', () => {
  const found = (breakIt: (store: WorkflowStore) => Partial<WorkflowStore>): Promise<string[]> =>
    failing(
      workflowStoreConformance({
        open: () => {
          const store = memoryWorkflowStore();
          return { ...store, ...breakIt(store) };
        },
      }),
    );

  test('a version check that is missing', async () => {
    const names = await found((store) => ({
      replace: async (definition) =>
        store.replace(definition, (await store.get(definition.id))?.version ?? 1),
    }));
    expect(names).toEqual(['replaces only the newest version, one caller at a time']);
  });

  test('old versions that change', async () => {
    const names = await found((store) => ({ get: (id) => store.get(id) }));
    expect(names).toContain('numbers versions and never changes an old one');
  });
});

describe('the run archive suite finds', () => {
  const found = (breakIt: (archive: RunArchive) => Partial<RunArchive>): Promise<string[]> =>
    failing(
      runArchiveConformance({
        open: () => {
          const archive = memoryRunArchive();
          return { ...archive, ...breakIt(archive) };
        },
      }),
    );
  /** An archive without a rule of its own for what it keeps already. */
  const overwriting = (rule: (before: ArchivedRun | undefined, next: ArchivedRun) => ArchivedRun) => () => {
    const kept = new Map<string, ArchivedRun>();
    const last = (): RunArchive => {
      const archive = memoryRunArchive();
      for (const one of kept.values()) void archive.put(one);
      return archive;
    };
    return {
      async put(ended: ArchivedRun) {
        const next = structuredClone(ended);
        kept.set(next.run.runId, rule(kept.get(next.run.runId), next));
      },
      get: async (runId: string) => structuredClone(kept.get(runId)),
      kept: (ids: readonly string[]) => last().kept(ids),
      list: (query: Parameters<RunArchive['list']>[0]) => last().list(query),
    };
  };

  test('nothing in one that only keeps by other means', async () => {
    const names = await found(
      overwriting((before, next) =>
        before
          ? { ...before, ...((before.events ?? next.events) && { events: before.events ?? next.events }) }
          : next,
      ),
    );
    expect(names).toEqual([]);
  });

  test('a later put that overwrites an earlier one', async () => {
    expect(await found(overwriting((_, next) => next))).toEqual([
      'keeps what was put first, however often and by however many it is put',
      'adds events that were lacking, once, and takes none away',
    ]);
  });

  test('events that come too late, or that are lost', async () => {
    expect(await found(overwriting((before, next) => before ?? next))).toEqual([
      'adds events that were lacking, once, and takes none away',
    ]);
    const names = await found((archive) => ({ put: ({ events: _, ...bare }) => archive.put(bare) }));
    expect(names).toContain('gives back an ended run, with its events or without');
    expect(names).toContain('says which runs it keeps, and whether with their events');
  });

  test('a list that loses or repeats runs that closed in the same millisecond', async () => {
    const lost = await found((archive) => ({
      list: ({ before, ...query }) =>
        archive.list({ ...query, ...(before ? { before: { ...before, runId: '' } } : {}) }),
    }));
    expect(lost).toEqual(['lists what closed last first, page by page, also of one workflow']);
  });

  test('a list in the order of the puts', async () => {
    const order: string[] = [];
    const names = await found((archive) => ({
      async put(ended) {
        order.push(ended.run.runId);
        return archive.put(ended);
      },
      async list(query) {
        const page = await archive.list(query);
        return [...page].sort((a, b) => order.indexOf(b.run.runId) - order.indexOf(a.run.runId));
      },
    }));
    expect(names).toEqual(['lists what closed last first, page by page, also of one workflow']);
  });

  test('a list of all workflows where one was asked for', async () => {
    const names = await found((archive) => ({ list: ({ workflowId: _, ...query }) => archive.list(query) }));
    expect(names).toContain('lists what closed last first, page by page, also of one workflow');
  });

  test('shared references', async () => {
    const kept = new Map<string, ArchivedRun>();
    const names = await found((archive) => ({
      async put(ended) {
        if (!kept.has(ended.run.runId)) kept.set(ended.run.runId, ended);
        return archive.put(ended);
      },
      get: async (runId) => kept.get(runId),
    }));
    expect(names).toContain('shares no object with its caller');
  });
});

describe('the run store suite finds', () => {
  const found = (breakIt: (store: RunStore, memory: RunMemory) => Partial<RunStore>): Promise<string[]> => {
    const memory = runMemory();
    return failing(
      runStoreConformance({
        open: () => {
          const store = memoryRunStore({ memory });
          return { ...store, ...breakIt(store, memory) };
        },
        expire: ({ owner }) => {
          memory.owners.delete(owner);
        },
      }),
    );
  };

  test('a lost order in the journal', async () => {
    const names = await found((store) => ({
      async append(lease, entries, patch) {
        const turns = entries.length === 1 ? 5 - ((entries[0]?.at ?? 0) % 5) : 0;
        for (let n = 0; n < turns; n += 1) await Promise.resolve();
        return store.append(lease, entries, patch);
      },
    }));
    expect(names).toContain('keeps the journal in the order of the appends');
  });

  test('an append that is not atomic', async () => {
    const names = await found((store) => ({
      async append(lease, entries, patch) {
        for (const entry of entries) await store.append(lease, [entry]);
        return store.append(lease, [], patch);
      },
    }));
    expect(names).toContain('appends all or nothing');
  });

  test('a row that does not change with the entries', async () => {
    const names = await found((store) => ({ append: (lease, entries) => store.append(lease, entries) }));
    expect(names).toContain('changes the row together with the entries');
  });

  test('shared references', async () => {
    const kept: JournalEntry[] = [];
    const names = await found((store) => ({
      async append(lease, entries, patch) {
        kept.push(...entries);
        return store.append(lease, entries, patch);
      },
      journal: async () => kept.splice(0),
    }));
    expect(names).toContain('shares no object with its caller');
  });

  test('a fence that is not looked at', async () => {
    const names = await found((store, memory) => ({
      append: (lease, entries, patch) =>
        store.append({ ...lease, fence: memory.rows.get(lease.runId)?.fence ?? 0 }, entries, patch),
    }));
    expect(names).toContain('leases of before end when a store opens its runs anew');
  });

  test('an owner that is not looked at', async () => {
    const names = await found((store, memory) => ({
      async append(lease, entries, patch) {
        const row = memory.rows.get(lease.runId);
        if (row) row.owner = store.owner;
        return store.append({ ...lease, fence: row?.fence ?? 0 }, entries, patch);
      },
    }));
    expect(names).toContain('a store that was taken for dead writes nothing more, and learns of it');
    expect(names).toContain('a store leaves the runs of another one alone while that lives');
  });

  test('a takeover that raises no fence', async () => {
    const names = await found((store, memory) => {
      const lowered = async <T extends { readonly runId: string; readonly fence: number }>(
        one: T,
      ): Promise<T> => {
        const row = memory.rows.get(one.runId);
        if (row) row.fence = 1;
        return { ...one, fence: 1 };
      };
      return {
        open: async () => Promise.all((await store.open()).map(lowered)),
        async poll(options) {
          const news = await store.poll(options);
          return { ...news, claimed: await Promise.all(news.claimed.map(lowered)) };
        },
      };
    });
    expect(names).toContain('leases of before end when a store opens its runs anew');
    expect(names).toContain('a store that closes gives its open runs up at once, oldest first');
  });

  test('runs that are taken from the living', async () => {
    const names = await found((store, memory) => ({
      async poll(options) {
        const owners = [...memory.owners];
        for (const owner of owners) if (owner !== store.owner) memory.owners.delete(owner);
        const news = await store.poll(options);
        for (const owner of owners) memory.owners.add(owner);
        return news;
      },
    }));
    expect(names).toContain('a store leaves the runs of another one alone while that lives');
  });

  test('a store that is never told that it was taken for dead', async () => {
    const names = await found((store) => ({
      poll: async (options) => ({ ...(await store.poll(options)), expired: false }),
    }));
    expect(names).toEqual(['a store that was taken for dead writes nothing more, and learns of it']);
  });

  test('posts that are lost, or that overtake each other', async () => {
    const lost = await found((store) => ({
      poll: async (options) => ({ ...(await store.poll(options)), posted: [] }),
    }));
    expect(lost).toEqual(['what another store posts is found by the owner, once']);
    const unordered = await found((store) => ({ post: (runId, entry) => store.post(runId, entry) }));
    expect(unordered).toContain('exactly one of several gets to post after the same entry');
  });

  test('a run that sleeps through what was posted', async () => {
    const names = await found((store, memory) => ({
      async post(runId, entry, length) {
        const wakeAt = memory.rows.get(runId)?.wakeAt ?? null;
        const posted = await store.post(runId, entry, length);
        const row = memory.rows.get(runId);
        if (row) row.wakeAt = wakeAt;
        return posted;
      },
    }));
    expect(names).toEqual(['tells when a run is to be woken, until its journal is longer']);
  });
});
