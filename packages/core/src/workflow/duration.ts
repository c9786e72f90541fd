import type { Duration } from './definition.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

/** Longest duration that is taken: a hundred years, in milliseconds. */
const longest = 36_500 * day;

const iso =
  /^P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const isoUnits = [week, day, hour, minute, second] as const;

const words: ReadonlyMap<string, number> = new Map([
  ...['ms', 'millisecond', 'milliseconds'].map((word) => [word, 1] as const),
  ...['s', 'sec', 'secs', 'second', 'seconds'].map((word) => [word, second] as const),
  ...['m', 'min', 'mins', 'minute', 'minutes'].map((word) => [word, minute] as const),
  ...['h', 'hr', 'hrs', 'hour', 'hours'].map((word) => [word, hour] as const),
  ...['d', 'day', 'days'].map((word) => [word, day] as const),
  ...['w', 'week', 'weeks'].map((word) => [word, week] as const),
]);

/**
 * Reads a duration: ISO 8601 with weeks, days and a time part (`PT48H`, `P1DT12H`; months and years have no fixed length
 * and are not taken), or a number with a unit (`48h`, `3 days`, `1 h 30 min`). Answers milliseconds, 0 to 100 years;
 * undefined for anything else.
 *
 * @example
 * parseDuration('PT48H') === 172_800_000;
 */
export const parseDuration = (text: string): number | undefined => {
  if (text.length > 100) return undefined;
  const ms = /^P/i.test(text.trim()) ? parseIso(text.trim().toUpperCase()) : parseWords(text);
  return ms !== undefined && ms <= longest ? Math.round(ms) : undefined;
};

const parseIso = (text: string): number | undefined => {
  const match = iso.exec(text);
  if (!match || /[PT]$/.test(text)) return undefined;
  return isoUnits.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0);
};

const parseWords = (text: string): number | undefined => {
  const parts = text.trim().toLowerCase();
  if (!/^(\d+(\.\d+)?\s*[a-z]+[\s,]*(and\s+)?)+$/.test(parts)) return undefined;
  let sum = 0;
  for (const [, amount, word] of parts.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    const unit = words.get(word ?? '');
    if (unit === undefined) return undefined;
    sum += Number(amount) * unit;
  }
  return sum;
};

/**
 * Writes milliseconds as an ISO 8601 duration. Whole days from three days on are days, hours below that (`PT48H`, `P14D`).
 *
 * @example
 * formatDuration(172_800_000) === 'PT48H';
 */
export const formatDuration = (ms: number): Duration => {
  if (ms >= 3 * day && ms % day === 0) return `P${ms / day}D`;
  const hours = Math.floor(ms / hour);
  const minutes = Math.floor((ms % hour) / minute);
  const seconds = (ms % minute) / second;
  const time = [hours && `${hours}H`, minutes && `${minutes}M`, seconds && `${seconds}S`]
    .filter(Boolean)
    .join('');
  return time === '' ? 'PT0S' : `PT${time}`;
};

const designators: readonly (readonly [number, (amount: string) => Duration])[] = [
  [week, (amount) => `P${amount}W`],
  [day, (amount) => `P${amount}D`],
  [hour, (amount) => `PT${amount}H`],
  [minute, (amount) => `PT${amount}M`],
  [second, (amount) => `PT${amount}S`],
];

/**
 * The duration in ISO 8601: what already is stays as it was written, and `72 hours` becomes `PT72H`, in the unit it was
 * said in. Undefined when it is none.
 */
export const normalizeDuration = (text: string): Duration | undefined => {
  const ms = parseDuration(text);
  if (ms === undefined) return undefined;
  if (iso.test(text)) return text;
  const [, amount = '', word = ''] = /^(\d+)\s*([a-z]+)$/.exec(text.trim().toLowerCase()) ?? [];
  const write = designators.find(([unit]) => unit === words.get(word))?.[1];
  return write ? write(String(Number(amount))) : formatDuration(ms);
};

const spoken = [
  [week, 'week'],
  [day, 'day'],
  [hour, 'hour'],
  [minute, 'minute'],
  [second, 'second'],
] as const;

/**
 * A duration for people, in the unit it was written in where that is whole: `48 hours`, `14 days`, `1 hour 30 minutes`.
 * Text that is no duration is given back as it is.
 */
export const describeDuration = (text: string): string => {
  let ms = parseDuration(text);
  if (ms === undefined) return text;
  if (ms === 0) return '0 seconds';
  // "48 hours" is what people say; "2 days" is said of what was written in days.
  const units = /H/.test(text) && ms % hour === 0 ? spoken.slice(2) : spoken.slice(/W/.test(text) ? 0 : 1);
  const parts: string[] = [];
  for (const [unit, name] of units) {
    const amount = unit === second ? ms / unit : Math.floor(ms / unit);
    ms -= amount * unit;
    if (amount > 0) parts.push(`${amount} ${name}${amount === 1 ? '' : 's'}`);
  }
  return parts.join(' ');
};
