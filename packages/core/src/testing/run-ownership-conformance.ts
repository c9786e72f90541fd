import { deepEqual, equal, ok } from 'node:assert/strict';
import type { ClaimedRun, RunLease, RunStore } from '../ports/run-store.js';
import { type ConformanceCase, failsWith, freshId, sleep } from './conformance-case.js';
import type { RunStoreConformanceOptions } from './run-store-conformance.js';
import { sampleEntry, sampleRun } from './samples.js';

const endedAt = '2030-01-03T00:00:00.000Z';

/** Longer than a store with a lease of a second needs to find out what others have done. */
const patienceMs = 2000;
const lookEveryMs = 20;

const claimOf = (
  claimed: readonly ClaimedRun[],
  { runId }: Pick<RunLease, 'runId'>,
): ClaimedRun | undefined => claimed.find((one) => one.runId === runId);

/** Polls until the store has claimed this run. */
const pollClaim = async (store: RunStore, lease: RunLease): Promise<ClaimedRun> => {
  const until = performance.now() + patienceMs;
  for (;;) {
    const found = claimOf((await store.poll({ claim: true })).claimed, lease);
    if (found) return found;
    if (performance.now() > until) throw new Error(`"${lease.runId}" was not claimed in time`);
    await sleep(lookEveryMs);
  }
};

/** What every {@link RunStore} must do when several are open on one database: each open run has exactly one owner. */
export const runOwnershipConformance = ({
  open,
  expire,
}: RunStoreConformanceOptions): readonly ConformanceCase[] => {
  const test = (name: string, check: (one: RunStore, other: RunStore) => Promise<void>): ConformanceCase => ({
    name,
    async run() {
      const stores = [await open(), await open()] as const;
      try {
        await check(...stores);
      } finally {
        for (const store of stores) await store.close();
      }
    },
  });

  return [
    test('a store leaves the runs of another one alone while that lives', async (one, other) => {
      const lease = await one.create(sampleRun(freshId('run')));
      ok(one.owner !== other.owner, 'each store has an id of its own');
      equal(claimOf(await other.open(), lease), undefined);
      equal(claimOf((await other.poll({ claim: true })).claimed, lease), undefined);
      await one.append(lease, [sampleEntry(1)]);
      await failsWith('stale_lease', () => other.append(lease, [sampleEntry(2)]));
      deepEqual(await other.journal(lease.runId), [sampleEntry(1)]);
    }),
    test('a store that closes gives its open runs up at once, oldest first', async (one, other) => {
      const leases: RunLease[] = [];
      for (let n = 0; n < 3; n += 1) leases.push(await one.create(sampleRun(freshId('run'))));
      const [first, ended, last] = leases as [RunLease, RunLease, RunLease];
      await one.append(ended, [], { status: 'cancelled', endedAt });
      await one.close();
      const { claimed } = await other.poll({ claim: true });
      const own = claimed.filter(({ runId }) => leases.some((lease) => lease.runId === runId));
      deepEqual(
        own.map(({ runId }) => runId),
        [first.runId, last.runId],
      );
      ok(own.every(({ fence }) => fence > first.fence));
      equal(await other.append(own[0] ?? first, [sampleEntry(1)]), 1);
    }),
    test('exactly one of several gets a run that is nobody’s', async (one, other) => {
      const lease = await one.create(sampleRun(freshId('run')));
      await one.close();
      const third = await open();
      try {
        const news = await Promise.all(
          [other, third, other, third].map((store) => store.poll({ claim: true })),
        );
        equal(news.filter(({ claimed }) => claimOf(claimed, lease)).length, 1);
      } finally {
        await third.close();
      }
    }),
    test('a store that claims nothing is given nothing', async (one, other) => {
      const lease = await one.create(sampleRun(freshId('run')));
      await one.close();
      deepEqual((await other.poll({ claim: false })).claimed, []);
      ok(claimOf((await other.poll({ claim: true })).claimed, lease));
    }),
    test('a store that was taken for dead writes nothing more, and learns of it', async (one, other) => {
      const lease = await one.create(sampleRun(freshId('run')));
      await one.append(lease, [sampleEntry(1)]);
      await expire(one);
      const taken = await pollClaim(other, lease);
      ok(taken.fence > lease.fence, 'the fence is raised');
      await failsWith('stale_lease', () => one.append(lease, [sampleEntry(2)]));
      await failsWith('stale_lease', () =>
        one.append(lease, [], { status: 'succeeded', output: null, endedAt }),
      );
      await other.append(taken, [sampleEntry(3)]);
      deepEqual(await one.journal(lease.runId), [sampleEntry(1), sampleEntry(3)]);
      equal((await one.get(lease.runId))?.run.status, 'running');
      const until = performance.now() + patienceMs;
      while (!(await one.poll({ claim: true })).expired) {
        ok(performance.now() < until, 'the store is told that its leases have ended');
        await sleep(lookEveryMs);
      }
      // It lives again.
      await one.append(await one.create(sampleRun(freshId('run'))), [sampleEntry(1)]);
    }),
    test('leases of before end when a store opens its runs anew', async (one) => {
      const lease = await one.create(sampleRun(freshId('run')));
      const again = claimOf(await one.open(), lease);
      ok(again && again.fence > lease.fence);
      const [late, next] = await Promise.allSettled([
        one.append(lease, [sampleEntry(1)]),
        one.append(again, [sampleEntry(2)]),
      ]);
      deepEqual([late?.status, next?.status], ['rejected', 'fulfilled']);
      deepEqual(await one.journal(lease.runId), [sampleEntry(2)]);
    }),
    test('a lease ends with the run', async (one) => {
      const lease = await one.create(sampleRun(freshId('run')));
      await one.append(lease, [sampleEntry(1)], { status: 'succeeded', output: 1, endedAt });
      await failsWith('stale_lease', () => one.append(lease, [sampleEntry(2)]));
      equal(await one.post(lease.runId, sampleEntry(3)), false);
      deepEqual(await one.journal(lease.runId), [sampleEntry(1)]);
      equal(claimOf(await one.open(), lease), undefined);
    }),
    test('what another store posts is found by the owner, once', async (one, other) => {
      const lease = await one.create(sampleRun(freshId('run')));
      await one.append(lease, [sampleEntry(1)]);
      equal(await other.post(lease.runId, sampleEntry(2), 0), false);
      equal(await other.post(lease.runId, sampleEntry(2), 1), true);
      equal(await other.post(lease.runId, sampleEntry(3)), true);
      // The answer tells the owner that something came before its own.
      equal(await one.append(lease, [sampleEntry(4)]), 4);
      ok((await one.poll({ claim: true })).posted.includes(lease.runId));
      ok(!(await one.poll({ claim: true })).posted.includes(lease.runId));
      deepEqual(await one.journal(lease.runId, 1), [2, 3, 4].map(sampleEntry));
    }),
    test('exactly one of several gets to post after the same entry', async (one, other) => {
      const lease = await one.create(sampleRun(freshId('run')));
      const posts = await Promise.all(
        [one, other, one, other].map((store, n) => store.post(lease.runId, sampleEntry(n), 0)),
      );
      equal(posts.filter((posted) => posted).length, 1);
      equal((await one.journal(lease.runId)).length, 1);
    }),
    test('tells when a run is to be woken, until its journal is longer', async (one, other) => {
      const rested = await one.create(sampleRun(freshId('run')));
      const asleep = await one.create(sampleRun(freshId('run')));
      const posted = await one.create(sampleRun(freshId('run')));
      const behind = await one.create(sampleRun(freshId('run')));
      const until = 1_893_600_000_000;
      await one.append(rested, [sampleEntry(1)], { status: 'waiting', rest: { entries: 1, until } });
      await one.append(asleep, [], { status: 'waiting', rest: { entries: 0, until: null } });
      await one.append(posted, [], { status: 'waiting', rest: { entries: 0, until: null } });
      await other.post(posted.runId, sampleEntry(1));
      await other.post(behind.runId, sampleEntry(1));
      await one.append(behind, [], { status: 'waiting', rest: { entries: 0, until } });
      await one.close();
      const { claimed } = await other.poll({ claim: true });
      deepEqual(
        [rested, asleep, posted, behind].map((lease) => claimOf(claimed, lease)?.wakeAt),
        [until, null, 0, 0],
      );
    }),
  ];
};
