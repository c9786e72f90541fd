import { deepEqual, equal, ok } from 'node:assert/strict';
import type { RateLimiter } from '../ports/rate-limiter.js';
import { type ConformanceCase, casesOf, freshId } from './conformance-case.js';

/** What {@link rateLimiterConformance} needs of the host. */
export interface RateLimiterConformanceOptions {
  /** Opens a limiter of `limit` calls a window. */
  readonly open: (limit: number) => RateLimiter | Promise<RateLimiter>;
  /** Lets `ms` pass for the limiter; without it the end of a window is not checked (it may be a minute away). */
  readonly wait?: (ms: number) => Promise<void>;
}

const limit = 3;

/** What every {@link RateLimiter} must do. */
export const rateLimiterConformance = ({
  open,
  wait,
}: RateLimiterConformanceOptions): readonly ConformanceCase[] => {
  const test = casesOf(
    () => open(limit),
    (limiter) => limiter.close(),
  );
  const times = <T>(count: number, call: () => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, call));

  const cases = [
    test('allows as many calls as its limit and counts down', async (limiter) => {
      const key = freshId('client');
      const decisions = await times(limit + 2, () => limiter.consume(key));
      deepEqual(
        decisions.map(({ allowed, remaining }) => [allowed, remaining]),
        [
          [true, 2],
          [true, 1],
          [true, 0],
          [false, 0],
          [false, 0],
        ],
      );
    }),
    test('tells its limit, its window and when the window ends', async (limiter) => {
      const decision = await limiter.consume(freshId('client'));
      equal(decision.limit, limit);
      ok(decision.windowMs > 0);
      ok(decision.resetMs > 0 && decision.resetMs <= decision.windowMs);
    }),
    test('counts every key by itself', async (limiter) => {
      const busy = freshId('client');
      await times(limit + 1, () => limiter.consume(busy));
      equal((await limiter.consume(freshId('client'))).allowed, true);
    }),
  ];
  if (!wait) return cases;
  return [
    ...cases,
    test('starts anew when the window has ended, not when calls go on', async (limiter) => {
      const key = freshId('client');
      const [{ windowMs } = { windowMs: 0 }] = await times(limit, () => limiter.consume(key));
      await wait(windowMs * 0.6);
      equal((await limiter.consume(key)).allowed, false);
      await wait(windowMs * 0.6);
      equal((await limiter.consume(key)).allowed, true);
    }),
  ];
};
