import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../src/clock.js';
import { manualClock } from '../src/testing/manual-clock.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const day = 24 * 3_600_000;

test('a timer holds for months', () => {
  let fired = false;
  systemClock.after(90 * day, () => {
    fired = true;
  });
  vi.advanceTimersByTime(90 * day - 1);
  expect(fired).toBe(false);
  vi.advanceTimersByTime(1);
  expect(fired).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('a cancelled timer leaves nothing behind, also after its first leg', () => {
  let fired = false;
  const cancel = systemClock.after(60 * day, () => {
    fired = true;
  });
  vi.advanceTimersByTime(30 * day);
  cancel();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(60 * day);
  expect(fired).toBe(false);
});

test('the manual clock fires in order of time, each at its own time', async () => {
  vi.useRealTimers();
  const clock = manualClock(0);
  const fired: [string, number][] = [];
  const at = (name: string) => () => fired.push([name, clock.now()]);
  clock.after(20, at('late'));
  clock.after(10, at('early'));
  const cancel = clock.after(15, at('never'));
  clock.after(10, () => clock.after(5, at('set meanwhile')));
  cancel();
  await clock.advance(30);
  expect(fired).toEqual([
    ['early', 10],
    ['set meanwhile', 15],
    ['late', 20],
  ]);
  expect([clock.now(), clock.pending]).toEqual([30, 0]);
});
