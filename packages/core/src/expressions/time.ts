import { fail } from './fail.js';
import { type Overload, overload } from './overload.js';
import { TimeSpan } from './values.js';

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** Reads an RFC 3339 date-time. */
export const parseTimestamp = (text: string): Date => {
  const time = new Date(rfc3339.test(text) ? text : Number.NaN);
  if (Number.isNaN(time.getTime())) {
    fail(`"${text.slice(0, 40)}" is no date-time. Write it as 2030-01-31T08:00:00Z.`);
  }
  return time;
};

/** The timestamp of milliseconds since the epoch, in the years 1 to 9999 that RFC 3339 can write. */
export const timestampAt = (ms: number): Date =>
  ms >= -62_135_596_800_000 && ms <= 253_402_300_799_999
    ? new Date(ms)
    : fail('The date is outside the calendar: years 1 to 9999.');

const units: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]);

/** Reads a CEL duration: numbers with the units h, m, s or ms, such as `48h` or `-1h30m`. */
export const parseTimeSpan = (text: string): TimeSpan => {
  if (!/^[+-]?(\d+(\.\d+)?(ms|h|m|s))+$/.test(text)) {
    fail(`"${text.slice(0, 40)}" is no duration. Write it as 48h or 1h30m.`);
  }
  let ms = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)) {
    ms += Number(amount) * (units.get(unit ?? '') ?? 0);
  }
  return new TimeSpan(text.startsWith('-') ? -ms : ms);
};

/** The same clock reading in UTC, so that the getters below need one way only. */
const inZone = (time: Date, timeZone: string): Date => {
  const format = zoneFormat(timeZone);
  const part = (type: string): number =>
    Number(format.formatToParts(time).find((candidate) => candidate.type === type)?.value);
  const shifted = new Date(0);
  shifted.setUTCFullYear(part('year'), part('month') - 1, part('day'));
  shifted.setUTCHours(part('hour'), part('minute'), part('second'), time.getUTCMilliseconds());
  return shifted;
};

const zoneFormat = (timeZone: string): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fail(`"${timeZone.slice(0, 40)}" is no time zone. Write a name such as Europe/Berlin.`);
  }
};

const dayOfYear = (time: Date): number =>
  Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000);

const getters: readonly (readonly [string, (time: Date) => number])[] = [
  ['getFullYear', (time) => time.getUTCFullYear()],
  ['getMonth', (time) => time.getUTCMonth()],
  ['getDate', (time) => time.getUTCDate()],
  ['getDayOfMonth', (time) => time.getUTCDate() - 1],
  ['getDayOfWeek', (time) => time.getUTCDay()],
  ['getDayOfYear', dayOfYear],
];

const clockGetters: readonly (readonly [string, (time: Date) => number, number])[] = [
  ['getHours', (time) => time.getUTCHours(), 3_600_000],
  ['getMinutes', (time) => time.getUTCMinutes(), 60_000],
  ['getSeconds', (time) => time.getUTCSeconds(), 1000],
  ['getMilliseconds', (time) => time.getUTCMilliseconds(), 1],
];

const ofTimestamp = (read: (time: Date) => number): readonly Overload[] => [
  overload(['timestamp'], 'number', read),
  overload(['timestamp', 'string'], 'number', (time, timeZone) => read(inZone(time, timeZone))),
];

/**
 * CEL's getters, in UTC or in a time zone. Months, days of the month (`getDayOfMonth`) and of the week count from 0;
 * `getDate` counts from 1. Of a duration, `getHours` and its kin give the whole span in that unit.
 */
export const timestampMethods: readonly (readonly [string, readonly Overload[]])[] = [
  ...getters.map(([name, read]) => [name, ofTimestamp(read)] as const),
  ...clockGetters.map(
    ([name, read, unit]) =>
      [
        name,
        [...ofTimestamp(read), overload(['duration'], 'number', (span) => Math.trunc(span.ms / unit))],
      ] as const,
  ),
];
