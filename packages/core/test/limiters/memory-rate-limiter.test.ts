import { expect, test, vi } from 'vitest';
import { memoryRateLimiter } from '../../src/limiters/memory-rate-limiter.js';
import { rateLimiterConformance } from '../../src/testing/rate-limiter-conformance.js';
import { manualTime, runCases } from '../stores/support/run-cases.js';

const time = manualTime();
runCases(
  'memoryRateLimiter',
  rateLimiterConformance({
    open: (perMinute) => memoryRateLimiter({ perMinute, now: time.now }),
    wait: time.wait,
  }),
);

test.each([3_600_000, -3_600_000])('a jump of the wall clock by %i ms changes nothing', async (jump) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const limiter = memoryRateLimiter({ perMinute: 1 });
    await limiter.consume('client');
    vi.setSystemTime(Date.now() + jump);
    const decision = await limiter.consume('client');
    expect(decision.allowed).toBe(false);
    expect(decision.resetMs).toBeLessThanOrEqual(60_000);
  } finally {
    vi.useRealTimers();
  }
});
