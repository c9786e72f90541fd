import { formatDuration, parseDuration } from '../../../workflow/duration.js';

/** A duration found in a text, with its place. */
export interface FoundDuration {
  readonly ms: number;
  /** ISO 8601. */
  readonly duration: string;
  readonly start: number;
  readonly end: number;
}

const numbers: ReadonlyMap<string, number> = new Map(
  Object.entries({
    a: 1,
    an: 1,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    twelve: 12,
    fifteen: 15,
    twenty: 20,
    thirty: 30,
    'forty-eight': 48,
    sixty: 60,
    'half a': 0.5,
    'half an': 0.5,
    another: 1,
    'a couple of': 2,
    'a few': 3,
  }),
);

const unit =
  '(?:milliseconds?|ms|seconds?|secs?|sec|s|minutes?|mins?|min|m|hours?|hrs?|hr|h|business days?|working days?|days?|d|weeks?|w)';
const pattern = new RegExp(
  `\\b(?:(P(?:\\d+[WD])?(?:T(?:\\d+[HMS])+)?)(?![\\w-])|(\\d+(?:\\.\\d+)?|half an?|a couple of|a few|another|forty-eight|[a-z]+)[ -]?(${unit})(?![\\w-])|(overnight|fortnight|tomorrow|next day))`,
  'gi',
);
const spoken: ReadonlyMap<string, string> = new Map([
  ['overnight', '12h'],
  ['fortnight', '14 days'],
  ['tomorrow', '24h'],
  ['next day', '24h'],
]);

/** Every duration a text names: "48 hours", "two days", "half an hour", "overnight" (12 hours), "PT48H". */
export const findDurations = (text: string): readonly FoundDuration[] => {
  const found: FoundDuration[] = [];
  for (const match of text.matchAll(pattern)) {
    const [whole, iso, amount, unitWord, word] = match;
    const count = amount === undefined ? undefined : amountOf(amount.toLowerCase());
    const ms =
      iso !== undefined && iso.length > 2
        ? parseDuration(iso)
        : word !== undefined
          ? parseDuration(spoken.get(word.toLowerCase()) ?? '')
          : count !== undefined && unitWord !== undefined
            ? parseDuration(`${count} ${unitWord.toLowerCase().replace(/^(?:business|working) /, '')}`)
            : undefined;
    if (ms === undefined || ms <= 0) continue;
    const duration = iso !== undefined && iso.length > 2 ? iso.toUpperCase() : inUnit(ms, unitWord ?? '');
    found.push({ ms, duration, start: match.index, end: match.index + whole.length });
  }
  return found;
};

const amountOf = (text: string): number | undefined => (/^\d/.test(text) ? Number(text) : numbers.get(text));

/** People who say days mean days: keeps "two days" as P2D, and "48 hours" as PT48H. */
const inUnit = (ms: number, unitWord: string): string => {
  const day = 86_400_000;
  if (/week|^w$/i.test(unitWord) && ms % (7 * day) === 0) return `P${ms / (7 * day)}W`;
  if (/day|^d$/i.test(unitWord) && ms % day === 0) return `P${ms / day}D`;
  return formatDuration(ms);
};
