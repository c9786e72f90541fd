const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = `(?<m>${months.join('|')})[a-z]*\\.?`;
const day = '(?<d>\\d{1,2})(?:st|nd|rd|th)?';

const forms: readonly RegExp[] = [
  /\b(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})(?!\d)/,
  /\b(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})\b/,
  new RegExp(`\\b${month} ${day},? (?<y>\\d{4})\\b`, 'i'),
  new RegExp(`\\b${day}\\.? ${month},? (?<y>\\d{4})\\b`, 'i'),
];

/**
 * A date of a text as YYYY-MM-DD. Reads 2030-01-31, 1/31/2030 (month first, as in the US), January 31, 2030 and
 * 31 January 2030; a day that does not exist is no date.
 */
export const findDate = (text: string): string | undefined => {
  for (const form of forms) {
    const { y = '', m = '', d = '' } = form.exec(text)?.groups ?? {};
    const date = isoDate(Number(y), monthNumber(m), Number(d));
    if (date !== undefined) return date;
  }
  return undefined;
};

const monthNumber = (text: string): number =>
  /^\d/.test(text) ? Number(text) : months.indexOf(text.slice(0, 3).toLowerCase()) + 1;

const isoDate = (year: number, month: number, day: number): string | undefined => {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = day > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : undefined;
};
