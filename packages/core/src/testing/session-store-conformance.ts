import { deepEqual, equal, ok } from 'node:assert/strict';
import type { SessionStore } from '../ports/session-store.js';
import { type ConformanceCase, casesOf, failsWith, freshId, sleep } from './conformance-case.js';
import { sampleSession } from './samples.js';

/** What {@link sessionStoreConformance} needs of the host. */
export interface SessionStoreConformanceOptions {
  /** Opens a store whose sessions expire `ttlMs` after their last save. */
  readonly open: (options: { readonly ttlMs: number }) => SessionStore | Promise<SessionStore>;
  /** Lets `ms` pass for the store. Default: in real time. */
  readonly wait?: (ms: number) => Promise<void>;
}

const ttlMs = 300;

/** What every {@link SessionStore} must do. */
export const sessionStoreConformance = ({
  open,
  wait = sleep,
}: SessionStoreConformanceOptions): readonly ConformanceCase[] => {
  const closing = (store: SessionStore): Promise<void> => store.close();
  const lasting = casesOf(() => open({ ttlMs: 3_600_000 }), closing);
  const expiring = casesOf(() => open({ ttlMs }), closing);

  return [
    lasting('gives back what was saved, with its version', async (store) => {
      const session = sampleSession(freshId('session'));
      const version = await store.save(session, 0, 1);
      ok(version > 0);
      deepEqual(await store.load(session.id), { session, version });
    }),
    lasting('knows nothing of an id that was never saved', async (store) => {
      equal(await store.load(freshId('session')), undefined);
      equal(await store.delete(freshId('session')), false);
    }),
    lasting('keeps sessions apart', async (store) => {
      const [one, two] = [sampleSession(freshId('a'), 'one'), sampleSession(freshId('b'), 'two')];
      await store.save(one, 0, 1);
      await store.save(two, 0, 1);
      deepEqual((await store.load(one.id))?.session, one);
      deepEqual((await store.load(two.id))?.session, two);
    }),
    lasting('refuses a save on a version that is not the newest, and keeps what it has', async (store) => {
      const id = freshId('session');
      const first = await store.save(sampleSession(id, 'first'), 0, 1);
      const second = await store.save(sampleSession(id, 'second'), first, 1);
      ok(second > first);
      await failsWith('conflict', () => store.save(sampleSession(id, 'late'), first, 1));
      await failsWith('conflict', () => store.save(sampleSession(id, 'new'), 0, 1));
      await failsWith('conflict', () => store.save(sampleSession(id, 'early'), second + 1, 1));
      deepEqual(await store.load(id), { session: sampleSession(id, 'second'), version: second });
    }),
    lasting('lets exactly one of many concurrent saves on the same version through', async (store) => {
      const id = freshId('session');
      const base = await store.save(sampleSession(id, 'base'), 0, 1);
      const texts = Array.from({ length: 8 }, (_, n) => `turn ${n}`);
      const saves = await Promise.allSettled(
        texts.map((text) => store.save(sampleSession(id, text), base, 1)),
      );
      equal(saves.filter((save) => save.status === 'fulfilled').length, 1);
      const winner = texts[saves.findIndex((save) => save.status === 'fulfilled')];
      equal((await store.load(id))?.session.turns[0]?.message, winner);
    }),
    lasting('refuses a save under an older fence than it has seen', async (store) => {
      const id = freshId('session');
      const first = await store.save(sampleSession(id, 'first'), 0, 7);
      await failsWith('stale_lease', () => store.save(sampleSession(id, 'late'), first, 6));
      deepEqual((await store.load(id))?.session, sampleSession(id, 'first'));
      const second = await store.save(sampleSession(id, 'same lease'), first, 7);
      await store.save(sampleSession(id, 'newer lease'), second, 9);
    }),
    lasting('shares no object with its caller', async (store) => {
      const session = sampleSession(freshId('session'), 'as it was');
      const before = structuredClone(session);
      await store.save(session, 0, 1);
      Object.assign(session, { principal: 'somebody else' });
      const loaded = await store.load(session.id);
      deepEqual(loaded?.session, before);
      Object.assign(loaded?.session ?? {}, { turns: [] });
      deepEqual((await store.load(session.id))?.session, before);
    }),
    lasting('deletes, and refuses a late save of what was deleted', async (store) => {
      const id = freshId('session');
      const version = await store.save(sampleSession(id), 0, 3);
      equal(await store.delete(id), true);
      equal(await store.load(id), undefined);
      equal(await store.delete(id), false);
      await failsWith('conflict', () => store.save(sampleSession(id, 'late'), version, 3));
      await failsWith('stale_lease', () => store.save(sampleSession(id, 'older lease'), 0, 2));
      ok((await store.save(sampleSession(id, 'anew'), 0, 4)) > 0);
    }),
    expiring('forgets a session some time after its last save', async (store) => {
      const id = freshId('session');
      const version = await store.save(sampleSession(id), 0, 1);
      await wait(ttlMs * 0.7);
      await store.save(sampleSession(id, 'again'), version, 1);
      await wait(ttlMs * 0.7);
      ok(await store.load(id), 'a save starts the time anew');
      await wait(ttlMs * 1.2);
      equal(await store.load(id), undefined);
    }),
    lasting('says nothing of being degraded while it works', async (store) => {
      equal(store.degraded(), undefined);
    }),
  ];
};
