/** What a schedule means is the same here and on a real Temporal server: its own answer to the plain texts is asked. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scheduleTimes } from '../../src/triggers/schedule-times.js';
import { plainCrons } from '../../src/workflow/cron.js';
import { serviceAddress } from '../stores/support/service-address.js';

let connection: Connection;
beforeAll(async () => {
  connection = await Connection.connect({ address: serviceAddress('TEMPORAL_ADDRESS') });
});
afterAll(() => connection.close());

/** Times from `from` on and before `to` (ms). */
const onTemporal = async (cron: string, timezone: string, from: number, to: number): Promise<number[]> => {
  const client = new Client({ connection });
  const scheduleId = `cron-${randomUUID()}`;
  const schedule = await client.schedule.create({
    scheduleId,
    spec: { cronExpressions: [...plainCrons(cron)], timezone },
    action: { type: 'startWorkflow', workflowType: 'none', taskQueue: 'none', args: [] },
    state: { paused: true },
  });
  try {
    const { startTime } = await client.workflowService.listScheduleMatchingTimes({
      namespace: 'default',
      scheduleId,
      startTime: msToTs(from - 1000),
      endTime: msToTs(to - 1000),
    });
    return startTime.map(({ seconds }) => Number(seconds) * 1000);
  } finally {
    await schedule.delete();
  }
};

const here = (cron: string, timeZone: string, from: number, to: number): number[] => {
  const next = scheduleTimes({ kind: 'schedule', cron, timeZone });
  const times: number[] = [];
  for (let at = next(from - 1); at !== undefined && at < to; at = next(at)) times.push(at);
  return times;
};

const year = [Date.UTC(2031, 6), Date.UTC(2032, 6)] as const;
const week = [Date.UTC(2030, 4, 6), Date.UTC(2030, 4, 13)] as const;

test.each([
  // A year, over both changes of clocks and a leap day.
  ['0 9 * * MON', 'Europe/Berlin', ...year],
  ['30 6 * * 7', 'America/New_York', ...year],
  ['15 12 * * 5-7', 'Asia/Kolkata', ...year],
  ['0 0 1,15 * *', 'UTC', ...year],
  ['0 12 * JAN,jul *', 'Australia/Sydney', ...year],
  ['0 9 13 * FRI', 'Europe/London', ...year],
  ['0 9 */10 * TUE', 'UTC', ...year],
  ['59 23 31 * *', 'Pacific/Auckland', ...year],
  ['0 9 29 2 *', 'UTC', ...year],
  ['0 9 31 2 *', 'UTC', ...year],
  ['45 17 * mar-may/2 sun,wed', 'America/Sao_Paulo', ...year],
  ['*/20 * * * *', 'UTC', ...week],
  ['*/45 8-17 * * 1-5', 'Europe/Berlin', ...week],
  ['50/5 */6 * * *', 'UTC', ...week],
  ['*/90 * * * MON-FRI/2', 'UTC', ...week],
  ['7 0-23/5 * * 0-6', 'America/Chicago', ...week],
])('%s in %s', async (cron, timeZone, from, to) => {
  expect(here(cron, timeZone, from, to)).toEqual(await onTemporal(cron, timeZone, from, to));
});
