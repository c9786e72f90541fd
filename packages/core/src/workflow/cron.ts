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

const partsOf = (cron: string): readonly string[] => cron.trim().split(/\s+/);

/**
 * What is wrong with a cron text of five fields (minute, hour, day of the month, month, day of the week), as a sentence;
 * undefined when nothing is. Lists, ranges, steps and English month and day names are taken; Sunday is 0 or 7.
 */
export const cronMistake = (cron: string): string | undefined => {
  const parts = partsOf(cron);
  if (cron.length > 200 || parts.length !== fields.length) {
    return 'It has five fields: minute, hour, day of the month, month, day of the week.';
  }
  for (const [index, field] of fields.entries()) {
    const part = parts[index] ?? '';
    if (!valuesOf(part, field)) return `"${part}" is no ${field.name} (${field.least}–${field.most}).`;
  }
  return undefined;
};

/**
 * A sound cron text in plain words: one or two texts whose fields are `*` or lists of numbers, and a time is meant when it
 * meets every field of one of them. Every engine reads these alike; the dialects differ in names, steps, Sunday, and in
 * whether a day must meet both day fields. Here the classic rule holds: when neither day field is `*`, one of them is enough.
 *
 * @example
 * plainCrons('0 9 13 * FRI'); // ['0 9 13 * *', '0 9 * * 5']
 */
export const plainCrons = (cron: string): readonly string[] => {
  const parts = partsOf(cron);
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] = fields.map((field, index) =>
    plain(parts[index] ?? '*', field),
  );
  if (day === '*' || weekday === '*') return [[minute, hour, day, month, weekday].join(' ')];
  return [[minute, hour, day, month, '*'].join(' '), [minute, hour, '*', month, weekday].join(' ')];
};

const plain = (part: string, field: CronField): string => {
  if (part === '*') return part;
  const sunday = field.names === days ? 7 : undefined;
  const values = (valuesOf(part, field) ?? []).map((value) => (value === sunday ? 0 : value));
  return [...new Set(values)].sort((a, b) => a - b).join(',');
};

/** The numbers that a field names; undefined when it is not sound. */
const valuesOf = (part: string, field: CronField): readonly number[] | undefined => {
  const items = part.split(',').map((item) => itemValues(item, field));
  return items.every((item) => item !== undefined) ? items.flat() : undefined;
};

const itemValues = (item: string, field: CronField): readonly number[] | undefined => {
  const [range = '', step, extra] = item.split('/');
  if (extra !== undefined || (step !== undefined && !/^0*[1-9]\d{0,2}$/.test(step))) return undefined;
  const ends = endsOf(range, field, step !== undefined);
  if (!ends) return undefined;
  const [from, to] = ends;
  const by = Number(step ?? 1);
  return from > to
    ? undefined
    : Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, n) => from + n * by);
};

/** `5/15` goes on to the end of the field. */
const endsOf = (
  range: string,
  field: CronField,
  stepped: boolean,
): readonly [from: number, to: number] | undefined => {
  const last = field.names === days ? 6 : field.most;
  if (range === '*') return [field.least, last];
  const [from, to, extra] = range.split('-').map((value) => numberOf(value, field) ?? Number.NaN);
  if (from === undefined || extra !== undefined || Number.isNaN(from) || Number.isNaN(to)) return undefined;
  return [from, to ?? (stepped ? Math.max(from, last) : from)];
};

const numberOf = (text: string, { least, most, names }: CronField): number | undefined => {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return least + named;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
};
