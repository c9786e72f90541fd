import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Lease, SessionLock } from '../ports/session-lock.js';
import { type ConformanceCase, casesOf, freshId, sleep } from './conformance-case.js';

/** What {@link sessionLockConformance} needs of the host. */
export interface SessionLockConformanceOptions {
  readonly open: () => SessionLock | Promise<SessionLock>;
  /** Lets `ms` pass for the lock. Default: in real time. */
  readonly wait?: (ms: number) => Promise<void>;
}

const ttlMs = 300;

const leaseOf = (taken: { readonly lease: Lease } | { readonly heldBy: string }): Lease => {
  if ('lease' in taken) return taken.lease;
  throw new Error(`expected a lease, but "${taken.heldBy}" holds the session`);
};

/** What every {@link SessionLock} must do. */
export const sessionLockConformance = ({
  open,
  wait = sleep,
}: SessionLockConformanceOptions): readonly ConformanceCase[] => {
  const test = casesOf(open, (lock) => lock.close());

  return [
    test('gives a session to one holder at a time and says who has it', async (lock) => {
      const id = freshId('session');
      equal(await lock.holder(id), undefined);
      const lease = leaseOf(await lock.acquire(id, 'turn_1', 10_000));
      equal(await lock.holder(id), 'turn_1');
      deepEqual(await lock.acquire(id, 'turn_2', 10_000), { heldBy: 'turn_1' });
      await lease.release();
      equal(await lock.holder(id), undefined);
      leaseOf(await lock.acquire(id, 'turn_2', 10_000));
    }),
    test('gives a session to exactly one of many who ask at once', async (lock) => {
      const id = freshId('session');
      const asked = await Promise.all(
        Array.from({ length: 8 }, (_, n) => lock.acquire(id, `turn_${n}`, 10_000)),
      );
      equal(asked.filter((taken) => 'lease' in taken).length, 1);
    }),
    test('keeps sessions apart', async (lock) => {
      leaseOf(await lock.acquire(freshId('a'), 'turn_1', 10_000));
      leaseOf(await lock.acquire(freshId('b'), 'turn_1', 10_000));
    }),
    test('raises the fence with every lease of a session', async (lock) => {
      const id = freshId('session');
      let last = 0;
      for (const holder of ['turn_1', 'turn_2', 'turn_3']) {
        const lease = leaseOf(await lock.acquire(id, holder, 10_000));
        ok(lease.fence > last);
        last = lease.fence;
        await lease.release();
      }
    }),
    test('gives an expired lease to the next one, and tells the old holder', async (lock) => {
      const id = freshId('session');
      const old = leaseOf(await lock.acquire(id, 'turn_1', ttlMs));
      await wait(ttlMs * 1.3);
      equal(await lock.holder(id), undefined);
      const next = leaseOf(await lock.acquire(id, 'turn_2', 10_000));
      ok(next.fence > old.fence);
      equal(await old.renew(), false);
      await old.release();
      equal(await lock.holder(id), 'turn_2', 'only the owner may release');
    }),
    test('keeps an old holder out after its successor has gone', async (lock) => {
      const id = freshId('session');
      const old = leaseOf(await lock.acquire(id, 'turn_1', ttlMs));
      await wait(ttlMs * 1.3);
      await leaseOf(await lock.acquire(id, 'turn_2', 10_000)).release();
      equal(await old.renew(), false);
    }),
    test('extends a lease that is renewed', async (lock) => {
      const id = freshId('session');
      const lease = leaseOf(await lock.acquire(id, 'turn_1', ttlMs));
      await wait(ttlMs * 0.7);
      equal(await lease.renew(), true);
      await wait(ttlMs * 0.7);
      equal(await lock.holder(id), 'turn_1');
    }),
    test('never renews a released lease', async (lock) => {
      const id = freshId('session');
      const lease = leaseOf(await lock.acquire(id, 'turn_1', 10_000));
      await lease.release();
      equal(await lease.renew(), false);
      equal(await lock.holder(id), undefined);
    }),
  ];
};
