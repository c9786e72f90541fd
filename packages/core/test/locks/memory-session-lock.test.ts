import { expect, test } from 'vitest';
import { memoryLeases, memorySessionLock } from '../../src/locks/memory-session-lock.js';
import { sessionLockConformance } from '../../src/testing/session-lock-conformance.js';
import { manualTime, runCases } from '../stores/support/run-cases.js';

const time = manualTime();
runCases(
  'memorySessionLock',
  sessionLockConformance({ open: () => memorySessionLock({ now: time.now }), wait: time.wait }),
);

test('an expired lease that nobody wanted can be renewed', async () => {
  const taken = await memorySessionLock({ now: time.now }).acquire('s', 'turn_1', 100);
  await time.wait(200);
  expect('lease' in taken && (await taken.lease.renew())).toBe(true);
});

test('fences grow above those seen elsewhere', async () => {
  const leases = memoryLeases({ now: time.now });
  await leases.keep('s', 'turn_1', 100, 41);
  await leases.drop('s', 'turn_1');
  expect(await leases.take('s', 'turn_2', 100)).toEqual({ fence: 42 });
  expect(await leases.take('t', 'turn_3', 100, 99)).toEqual({ fence: 100 });
});

test('ended leases do not pile up', async () => {
  const leases = memoryLeases({ now: time.now });
  for (let n = 0; n < 5000; n += 1) {
    await leases.take(`s${n}`, 'turn', 10);
    await time.wait(1000);
  }
  expect(await leases.take('s0', 'again', 10)).toEqual({ fence: 5001 });
});
