import { Cron } from 'croner';
import { describe, expect, test } from 'vitest';
import { type ScheduleTrigger, scheduleTimes } from '../../src/triggers/schedule-times.js';

const timesOf = (trigger: Omit<ScheduleTrigger, 'kind'>, from: string, to: string): string[] => {
  const next = scheduleTimes({ kind: 'schedule', ...trigger });
  const times: string[] = [];
  for (let at = next(Date.parse(from)); at !== undefined && at <= Date.parse(to); at = next(at)) {
    times.push(new Date(at).toISOString().slice(0, 16));
  }
  return times;
};

const berlin = { timeZone: 'Europe/Berlin' };

test('keep the hour of the place when its clocks change', () => {
  const mondays = { cron: '0 9 * * MON', ...berlin };
  expect(timesOf(mondays, '2030-03-20T00:00:00Z', '2030-04-03T00:00:00Z')).toEqual([
    '2030-03-25T08:00',
    '2030-04-01T07:00',
  ]);
  expect(timesOf(mondays, '2030-10-20T00:00:00Z', '2030-11-01T00:00:00Z')).toEqual([
    '2030-10-21T07:00',
    '2030-10-28T08:00',
  ]);
});

test('are in UTC without a time zone', () => {
  expect(timesOf({ cron: '0 9 1 * *' }, '2030-01-01T09:00:00Z', '2030-03-02T00:00:00Z')).toEqual([
    '2030-02-01T09:00',
    '2030-03-01T09:00',
  ]);
});

test('come right after the gap, once in the hour that comes twice, and by the hour as often as it is', () => {
  const night = { cron: '30 2 * * *', ...berlin };
  expect(timesOf(night, '2030-03-30T12:00:00Z', '2030-04-01T12:00:00Z')).toEqual([
    '2030-03-31T01:00',
    '2030-04-01T00:30',
  ]);
  expect(timesOf(night, '2030-10-26T12:00:00Z', '2030-10-28T12:00:00Z')).toEqual([
    '2030-10-27T00:30',
    '2030-10-28T01:30',
  ]);
  expect(timesOf({ cron: '0 * * * *', ...berlin }, '2030-10-26T23:30:00Z', '2030-10-27T02:30:00Z')).toEqual([
    '2030-10-27T00:00',
    '2030-10-27T01:00',
    '2030-10-27T02:00',
  ]);
});

test('end where no day fits', () => {
  expect(scheduleTimes({ kind: 'schedule', cron: '0 9 31 2 *' })(Date.UTC(2030, 0))).toBeUndefined();
});

/** In every dialect the same: read by the library as they are, either day being enough. */
describe('are those of the cron as it was written', () => {
  test.each([
    '0 9 * * MON',
    '*/15 8-17 * * 1-5',
    '0 0 1,15 * *',
    '0 12 * JAN,jul *',
    '30 6 * * 7',
    '0 9 * * 5-7',
    '0 9 13 * FRI',
    '0 9 */10 * FRI',
    '59 23 31 * *',
    '0 9 29 2 *',
    '10-40/10 */6 * mar-may/2 sun,wed',
  ])('%s', (cron) => {
    const [from, to] = ['2031-12-28T00:00:00Z', '2032-03-20T00:00:00Z'];
    const written = new Cron(cron, { mode: '5-part', timezone: 'America/Sao_Paulo' });
    const expected: string[] = [];
    for (let at = written.nextRun(from); at && at <= new Date(to); at = written.nextRun(at)) {
      expected.push(at.toISOString().slice(0, 16));
    }
    expect(expected.length).toBeGreaterThan(0);
    expect(timesOf({ cron, timeZone: 'America/Sao_Paulo' }, from, to)).toEqual(expected);
  });
});
