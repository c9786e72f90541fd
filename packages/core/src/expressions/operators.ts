import { type Overload, overload } from './overload.js';
import type { OverloadedOperator } from './syntax.js';
import { timestampAt } from './time.js';
import { TimeSpan } from './values.js';

const comparison = (holds: (a: number | string, b: number | string) => boolean): readonly Overload[] => [
  overload(['number', 'number'], 'boolean', holds),
  overload(['string', 'string'], 'boolean', holds),
  overload(['boolean', 'boolean'], 'boolean', (a, b) => holds(Number(a), Number(b))),
  overload(['timestamp', 'timestamp'], 'boolean', (a, b) => holds(a.getTime(), b.getTime())),
  overload(['duration', 'duration'], 'boolean', (a, b) => holds(a.ms, b.ms)),
];

const shift = (time: Date, span: TimeSpan, sign: 1 | -1): Date =>
  timestampAt(time.getTime() + sign * span.ms);

/** What each operator takes. Null is in none: null in arithmetic or an order comparison fails. */
export const operators: Readonly<Record<OverloadedOperator, readonly Overload[]>> = {
  '+': [
    overload(['number', 'number'], 'number', (a, b) => a + b),
    overload(['string', 'string'], 'string', (a, b) => a + b),
    overload(['array', 'array'], 'array', (a, b) => [...a, ...b]),
    overload(['timestamp', 'duration'], 'timestamp', (a, b) => shift(a, b, 1)),
    overload(['duration', 'timestamp'], 'timestamp', (a, b) => shift(b, a, 1)),
    overload(['duration', 'duration'], 'duration', (a, b) => new TimeSpan(a.ms + b.ms)),
  ],
  '-': [
    overload(['number', 'number'], 'number', (a, b) => a - b),
    overload(['timestamp', 'timestamp'], 'duration', (a, b) => new TimeSpan(a.getTime() - b.getTime())),
    overload(['timestamp', 'duration'], 'timestamp', (a, b) => shift(a, b, -1)),
    overload(['duration', 'duration'], 'duration', (a, b) => new TimeSpan(a.ms - b.ms)),
  ],
  '*': [overload(['number', 'number'], 'number', (a, b) => a * b)],
  '/': [overload(['number', 'number'], 'number', (a, b) => a / b)],
  '%': [overload(['number', 'number'], 'number', (a, b) => a % b)],
  '<': comparison((a, b) => a < b),
  '<=': comparison((a, b) => a <= b),
  '>': comparison((a, b) => a > b),
  '>=': comparison((a, b) => a >= b),
};
