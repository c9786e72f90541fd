const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names that stand for `least`, `least + 1`, … */
  readonly names?: readonly string[];
}

const fields: readonly CronField[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: months },
  { name: 'day of the week', least: 0, most: 7, names: days },
];

/**
 * What is wrong with a cron text of five fields (minute, hour, day of the month, month, day of the week), as a sentence;
 * undefined when nothing is. Lists, ranges, steps and English month and day names are taken.
 */
export const cronMistake = (text: string): string | undefined => {
  const parts = text.trim().split(/\s+/);
  if (text.length > 200 || parts.length !== fields.length) {
    return 'It has five fields: minute, hour, day of the month, month, day of the week.';
  }
  for (const [index, field] of fields.entries()) {
    const part = parts[index] ?? '';
    if (!part.split(',').every((item) => isItem(item, field))) {
      return `"${part}" is no ${field.name} (${field.least}–${field.most}).`;
    }
  }
  return undefined;
};

const isItem = (item: string, field: CronField): boolean => {
  const [range = '', step, extra] = item.split('/');
  if (extra !== undefined || (step !== undefined && !(/^\d{1,3}$/.test(step) && Number(step) > 0)))
    return false;
  if (range === '*') return true;
  const [from, to, more] = range.split('-').map((value) => numberOf(value, field));
  if (range.split('-').length > 2 || more !== undefined || from === undefined) return false;
  return range.includes('-') ? to !== undefined && from <= to : true;
};

const numberOf = (text: string, { least, most, names }: CronField): number | undefined => {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return least + named;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
};

/** True for an IANA time zone that this machine knows. */
export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    // Intl answers an unknown zone with a RangeError and has no other way to ask.
    if (error instanceof RangeError) return false;
    throw error;
  }
};
