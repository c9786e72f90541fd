import { fail } from './fail.js';
import { type Overload, overload } from './overload.js';
import { parseTimeSpan, parseTimestamp, timestampAt, timestampMethods } from './time.js';

const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

const toNumber = (text: string, whole: boolean): number => {
  const number = text.trim() === text && text !== '' ? Number(text) : Number.NaN;
  if (Number.isFinite(number) && (!whole || Number.isInteger(number))) return number;
  return fail(`"${text.slice(0, 40)}" is no ${whole ? 'whole ' : ''}number.`);
};

const toBoolean = (text: string): boolean => {
  if (['true', 'True', 'TRUE', 't', '1'].includes(text)) return true;
  if (['false', 'False', 'FALSE', 'f', '0'].includes(text)) return false;
  return fail(`"${text.slice(0, 40)}" is neither true nor false.`);
};

const position = (text: string, at: number): number =>
  Number.isInteger(at) && at >= 0 && at <= text.length
    ? at
    : fail(`Position ${at} is outside a text of ${text.length} characters.`);

const substring = (text: string, start: number, end: number): string => {
  if (position(text, end) < position(text, start)) fail(`Position ${end} comes before position ${start}.`);
  return text.slice(start, end);
};

const split = (text: string, separator: string, limit: number): readonly string[] => {
  const parts = text.split(separator);
  if (limit < 0 || parts.length <= limit) return parts;
  return limit === 0 ? [] : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
};

const join = (items: readonly unknown[], separator: string): string =>
  items
    .map((item) =>
      typeof item === 'string' ? item : fail('join() takes a list of text only. Map it with string().'),
    )
    .join(separator);

const sizes: readonly Overload[] = [
  overload(['string'], 'number', codePoints),
  overload(['array'], 'number', (list) => list.length),
  overload(['object'], 'number', (map) => Object.keys(map).length),
];

/** Functions by name: CEL's own, over doubles. */
export const functions: ReadonlyMap<string, readonly Overload[]> = new Map([
  ['size', sizes],
  [
    'string',
    [
      overload(['string'], 'string', (text) => text),
      overload(['number'], 'string', String),
      overload(['boolean'], 'string', String),
      overload(['timestamp'], 'string', (time) => time.toISOString()),
      overload(['duration'], 'string', (span) => span.toString()),
    ],
  ],
  [
    'double',
    [
      overload(['number'], 'number', (number) => number),
      overload(['string'], 'number', (text) => toNumber(text, false)),
    ],
  ],
  [
    'int',
    [
      overload(['number'], 'number', Math.trunc),
      overload(['string'], 'number', (text) => toNumber(text, true)),
      overload(['timestamp'], 'number', (time) => Math.floor(time.getTime() / 1000)),
    ],
  ],
  ['bool', [overload(['boolean'], 'boolean', (value) => value), overload(['string'], 'boolean', toBoolean)]],
  [
    'timestamp',
    [
      overload(['timestamp'], 'timestamp', (time) => time),
      overload(['string'], 'timestamp', parseTimestamp),
      overload(['number'], 'timestamp', (seconds) => timestampAt(seconds * 1000)),
    ],
  ],
  [
    'duration',
    [overload(['duration'], 'duration', (span) => span), overload(['string'], 'duration', parseTimeSpan)],
  ],
]);

/** Methods by name; the receiver is the first operand. Positions count UTF-16 units from 0. */
export const methods: ReadonlyMap<string, readonly Overload[]> = new Map([
  ['size', sizes],
  ['contains', [overload(['string', 'string'], 'boolean', (text, part) => text.includes(part))]],
  ['startsWith', [overload(['string', 'string'], 'boolean', (text, part) => text.startsWith(part))]],
  ['endsWith', [overload(['string', 'string'], 'boolean', (text, part) => text.endsWith(part))]],
  ['lowerAscii', [overload(['string'], 'string', (text) => text.toLowerCase())]],
  ['upperAscii', [overload(['string'], 'string', (text) => text.toUpperCase())]],
  ['trim', [overload(['string'], 'string', (text) => text.trim())]],
  [
    'indexOf',
    [
      overload(['string', 'string'], 'number', (text, part) => text.indexOf(part)),
      overload(['string', 'string', 'number'], 'number', (text, part, from) =>
        text.indexOf(part, position(text, from)),
      ),
    ],
  ],
  [
    'lastIndexOf',
    [
      overload(['string', 'string'], 'number', (text, part) => text.lastIndexOf(part)),
      overload(['string', 'string', 'number'], 'number', (text, part, from) =>
        text.lastIndexOf(part, position(text, from)),
      ),
    ],
  ],
  [
    'substring',
    [
      overload(['string', 'number'], 'string', (text, start) => substring(text, start, text.length)),
      overload(['string', 'number', 'number'], 'string', substring),
    ],
  ],
  [
    'split',
    [
      overload(['string', 'string'], 'array', (text, separator) => split(text, separator, -1)),
      overload(['string', 'string', 'number'], 'array', split),
    ],
  ],
  [
    'join',
    [
      overload(['array'], 'string', (items) => join(items, '')),
      overload(['array', 'string'], 'string', join),
    ],
  ],
  ...timestampMethods,
]);
