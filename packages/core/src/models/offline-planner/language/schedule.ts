import type { Trigger } from '../../../workflow/definition.js';

/** A trigger named in a text, and the text without it. */
export interface FoundTrigger {
  readonly trigger: Trigger;
  readonly rest: string;
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const zones: ReadonlyMap<string, string> = new Map([
  ['utc', 'UTC'],
  ['gmt', 'UTC'],
  ['cet', 'Europe/Berlin'],
  ['berlin time', 'Europe/Berlin'],
  ['london time', 'Europe/London'],
  ['et', 'America/New_York'],
  ['est', 'America/New_York'],
  ['new york time', 'America/New_York'],
  ['ct', 'America/Chicago'],
  ['cst', 'America/Chicago'],
  ['chicago time', 'America/Chicago'],
  ['pt', 'America/Los_Angeles'],
  ['pst', 'America/Los_Angeles'],
  ['ist', 'Asia/Kolkata'],
]);

const zoneWords = [...zones.keys()].join('|');
const zone = `(?:\\s*\\(?(?:in )?([A-Z][A-Za-z]{1,20}\\/[A-Z][A-Za-z_]{1,30}|(?:${zoneWords})\\b)\\)?)?`;
const clock = `(?:,? at (\\d{1,2})(?:[:.](\\d{2}))? ?(am|pm|a\\.m\\.|p\\.m\\.)?(?: o'clock)?| at (noon|midnight))?`;
const days = `((?:${weekdays.join('|')})s?(?:(?:,| and|, and) (?:${weekdays.join('|')})s?){0,6})`;
const calendar = new RegExp(
  `\\b(?:every (weekday|working day|business day|workday|weekend|day|morning|evening|night|week|month)|(daily|weekly|nightly|monthly|hourly|every hour)|(?:every|each|on) ${days}|(?:on )?(?:the )?(first|1st) (?:day )?of (?:each|every|the) month)${clock}${zone}`,
  'i',
);
const interval = /\bevery (\d{1,2}) (minutes?|hours?)\b/i;
const webhook =
  /\b(?:when|whenever|on|if|once)?,? ?(?:an? |the )?(?:incoming )?webhook (?:is called|arrives|comes in|fires|is received|call)\b/i;

/**
 * Reads what starts the runs: a calendar ("every weekday at 8 in Europe/Berlin"), an interval ("every 15 minutes") or a
 * webhook call. Undefined when the text names none. An hour without am or pm is on the 24-hour clock; no hour is 8:00.
 */
export const findTrigger = (text: string): FoundTrigger | undefined => {
  const without = (match: RegExpExecArray): string =>
    `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  const hook = webhook.exec(text);
  if (hook) return { trigger: { kind: 'webhook' }, rest: without(hook) };
  const every = interval.exec(text);
  if (every && !/\b(?:until|up to|at most|times)\b/i.test(text)) {
    const count = Number(every[1]);
    const cron = /^m/i.test(every[2] ?? '') ? `*/${count} * * * *` : `0 */${count} * * *`;
    if (count > 0) return { trigger: { kind: 'schedule', cron }, rest: without(every) };
  }
  const match = calendar.exec(text);
  // "remind them every day until they answer" is a repetition, not a schedule.
  if (!match || /^[^.\n]*\buntil\b/i.test(text.slice(match.index))) return undefined;
  const cron = cronOf(match);
  const timeZone = zoneOf(match[9]);
  return {
    trigger: { kind: 'schedule', cron, ...(timeZone ? { timeZone } : {}) },
    rest: without(match),
  };
};

const cronOf = (match: RegExpExecArray): string => {
  const [, word, adverb, named, first, hourText, minuteText, half, spoken] = match;
  const unit = (word ?? adverb ?? '').toLowerCase();
  if (unit === 'hourly' || unit === 'every hour') return '0 * * * *';
  const fallback = /evening/.test(unit) ? 18 : /night/.test(unit) ? 0 : 8;
  let hour = spoken ? (spoken.toLowerCase() === 'noon' ? 12 : 0) : Number(hourText ?? fallback);
  if (/^p/i.test(half ?? '') && hour < 12) hour += 12;
  if (/^a/i.test(half ?? '') && hour === 12) hour = 0;
  const time = `${Math.min(Number(minuteText ?? 0), 59)} ${Math.min(hour, 23)}`;
  if (first !== undefined || /month/.test(unit)) return `${time} 1 * *`;
  if (named !== undefined) {
    const numbers = weekdays.flatMap((day, index) => (named.toLowerCase().includes(day) ? [index] : []));
    return `${time} * * ${numbers.join(',')}`;
  }
  if (/week|work|business/.test(unit) && unit !== 'week' && unit !== 'weekly') {
    return `${time} * * ${unit === 'weekend' ? '0,6' : '1-5'}`;
  }
  return `${time} * * ${/^week/.test(unit) ? '1' : '*'}`;
};

const zoneOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : (zones.get(text.toLowerCase()) ?? (text.includes('/') ? text : undefined));
