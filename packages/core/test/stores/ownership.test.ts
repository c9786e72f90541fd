import { describe, expect, test, vi } from 'vitest';
import type { ClaimedRun } from '../../src/ports/run-store.js';
import { type OwnerTables, shareRuns } from '../../src/stores/ownership.js';

const leaseMs = 5000;
const run = (runId: string): ClaimedRun => ({ runId, fence: 2, wakeAt: 0 });

/** A database with one other owner, which beats when told, and the time of the one who looks. */
const database = () => {
  const owners = new Map([['other', 0]]);
  let time = 1_000_000;
  const tables: OwnerTables = {
    async register(owner) {
      owners.set(owner, 0);
    },
    async beat(owner) {
      const beat = owners.get(owner);
      if (beat !== undefined) owners.set(owner, beat + 1);
      return beat !== undefined;
    },
    others: async (owner) => [...owners].filter(([id]) => id !== owner).map(([id, beat]) => ({ id, beat })),
    async takeOver(_owner, dead) {
      if (owners.get(dead.id) !== dead.beat) return [];
      owners.delete(dead.id);
      return [run('run_1')];
    },
    claim: async (_owner, which) => (which === 'own and nobodys' ? [run('mine')] : []),
    takePosted: async () => [],
    async release(owner) {
      owners.delete(owner);
    },
  };
  const shared = shareRuns(tables, 'me', leaseMs, () => time);
  return {
    owners,
    tables,
    shared,
    /** Lets this time pass, in which it looks every second, and answers what it has claimed. */
    async look(ms: number, meanwhile: () => Promise<unknown> = async () => undefined) {
      const claimed: string[] = [];
      for (const end = time + ms; time < end; ) {
        time += 1000;
        await meanwhile();
        claimed.push(...(await shared.poll({ claim: true })).claimed.map(({ runId }) => runId));
      }
      return claimed;
    },
    standStill: (ms: number) => {
      time += ms;
    },
  };
};

describe('another owner', () => {
  test('is left alone while it beats, however slowly', async () => {
    const { shared, look, tables } = database();
    await shared.open();
    let looks = 0;
    const beatNowAndThen = async () => {
      looks += 1;
      return looks % 4 === 0 ? tables.beat('other') : undefined;
    };
    expect(await look(60_000, beatNowAndThen)).toEqual([]);
  });

  test('is dead when it has not beaten for the lease', async () => {
    const { shared, look } = database();
    await shared.open();
    expect(await look(5000)).toEqual([]);
    expect(await look(1000)).toEqual(['run_1']);
    expect(await look(10_000)).toEqual([]);
  });

  test('is not dead because the one who looks stood still, or could not look', async () => {
    const { shared, look, standStill, tables } = database();
    await shared.open();
    await look(4000);
    standStill(3_600_000);
    expect(await look(5000)).toEqual([]);
    vi.spyOn(tables, 'others').mockRejectedValue(new Error('The database is away.'));
    await expect(look(1000)).rejects.toThrow('away');
    standStill(10_000);
    vi.restoreAllMocks();
    expect(await look(5000, () => tables.beat('other'))).toEqual([]);
  });

  test('is not dead because a clock on the wall jumps', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const { shared, look } = database();
      await shared.open();
      await look(2000);
      vi.setSystemTime(Date.now() + 3_600_000);
      expect(await look(2000)).toEqual([]);
      vi.setSystemTime(Date.now() - 7_200_000);
      expect(await look(2000)).toEqual(['run_1']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('that beats in the last moment keeps its runs', async () => {
    const { shared, look, tables, owners } = database();
    await shared.open();
    const takeOver = tables.takeOver;
    vi.spyOn(tables, 'takeOver').mockImplementation(async (owner, dead) => {
      await tables.beat('other');
      return takeOver(owner, dead);
    });
    expect(await look(10_000)).toEqual([]);
    expect(owners.has('other')).toBe(true);
  });
});

test('a store that was taken for dead is told so, and claims anew what nobody has taken', async () => {
  const { shared, look, owners } = database();
  await shared.open();
  await look(1000);
  owners.delete('me');
  expect(await look(1000)).toEqual(['mine']);
  expect(owners.has('me')).toBe(true);
});
