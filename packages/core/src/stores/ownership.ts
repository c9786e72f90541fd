import type { ClaimedRun, RunNews } from '../ports/run-store.js';

/** An owner as the others see it: it lives while its beat changes. */
export interface Beat {
  readonly id: string;
  readonly beat: number;
}

/** What a SQL database has to do for {@link shareRuns}, each in one transaction. All throw `store_unavailable`. */
export interface OwnerTables {
  /** Adds an owner, if it is not there. */
  register(owner: string): Promise<void>;
  /** Changes its beat; false when it is not there. */
  beat(owner: string): Promise<boolean>;
  others(owner: string): Promise<readonly Beat[]>;
  /** Removes a dead owner whose beat is still this one and gives its runs to `owner`. */
  takeOver(owner: string, dead: Beat): Promise<readonly ClaimedRun[]>;
  /** Gives the open runs that `owner` has and those that nobody has to `owner`, oldest first. */
  claim(owner: string, which: 'nobodys' | 'own and nobodys'): Promise<readonly ClaimedRun[]>;
  /** The runs of `owner` that were posted to since the last call. */
  takePosted(owner: string): Promise<readonly string[]>;
  /** Removes an owner; its runs are nobody's. */
  release(owner: string): Promise<void>;
}

/** How a store shares the runs of its database with others; see the methods of the same names of `RunStore`. */
export interface SharedRuns {
  readonly pollMs: number;
  open(): Promise<readonly ClaimedRun[]>;
  poll(options: { readonly claim: boolean }): Promise<RunNews>;
  close(): Promise<void>;
}

/** An owner beats this often in the time after which it is taken for dead. */
const beatsPerLease = 5;
const longestPollMs = 250;

/**
 * Shares the runs of a database among stores. An owner whose beat has not changed for `leaseMs` is dead. That is measured
 * by those who look, each on its own monotonic clock: no clock has to agree with another, and none may jump.
 */
export const shareRuns = (
  tables: OwnerTables,
  owner: string,
  leaseMs: number,
  now: () => number = () => performance.now(),
): SharedRuns => {
  const beatMs = leaseMs / beatsPerLease;
  const findDead = createObserver(leaseMs);
  let lastBeat = Number.NEGATIVE_INFINITY;

  /** Whether it was there still. */
  const beat = async (): Promise<boolean> => {
    lastBeat = now();
    const lives = await tables.beat(owner);
    if (!lives) await tables.register(owner);
    return lives;
  };

  const takeOverDead = async (): Promise<readonly ClaimedRun[]> => {
    const dead = findDead(await tables.others(owner), now());
    const claimed: ClaimedRun[] = [];
    for (const one of dead) claimed.push(...(await tables.takeOver(owner, one)));
    return claimed;
  };

  return {
    pollMs: Math.min(longestPollMs, beatMs),
    async open() {
      await beat();
      return tables.claim(owner, 'own and nobodys');
    },
    async poll({ claim }) {
      const beats = now() - lastBeat >= beatMs;
      const expired = beats && !(await beat());
      // What nobody has taken of its old runs is claimed anew: all leases of before have ended.
      const which = expired ? 'own and nobodys' : 'nobodys';
      const claimed = claim ? [...(await tables.claim(owner, which))] : [];
      if (claim && beats) claimed.push(...(await takeOverDead()));
      return { expired, claimed, posted: await tables.takePosted(owner) };
    },
    close: () => tables.release(owner),
  };
};

/** Makes a function that gets to see the beats again and again, and tells which have not changed for `leaseMs`. */
const createObserver = (leaseMs: number): ((beats: readonly Beat[], now: number) => readonly Beat[]) => {
  let seen = new Map<string, { readonly beat: number; readonly since: number }>();
  let lastLook = Number.NEGATIVE_INFINITY;
  return (beats, now) => {
    // Who did not look for a while (it stood still, the database was away) cannot tell who was still in that time.
    const before = now - lastLook > leaseMs / 2 ? new Map<string, never>() : seen;
    lastLook = now;
    seen = new Map(
      beats.map(({ id, beat }) => {
        const known = before.get(id);
        return [id, known?.beat === beat ? known : { beat, since: now }];
      }),
    );
    return beats.filter(({ id }) => now - (seen.get(id)?.since ?? now) >= leaseMs);
  };
};
