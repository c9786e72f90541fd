import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  describeDuration,
  formatDuration,
  normalizeDuration,
  parseDuration,
} from '../../src/workflow/duration.js';

const hour = 3_600_000;

test.each([
  ['PT48H', 48 * hour],
  ['P14D', 14 * 24 * hour],
  ['P1W', 7 * 24 * hour],
  ['P1DT12H', 36 * hour],
  ['PT0.5S', 500],
  ['pt1m', 60_000],
  ['PT0S', 0],
  ['48h', 48 * hour],
  ['3 days', 72 * hour],
  ['1 h 30 min', 1.5 * hour],
  ['2 weeks and 1 day', 15 * 24 * hour],
  ['250ms', 250],
])('reads %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  '',
  'P',
  'PT',
  'P1Y',
  'P1M',
  'PT-1H',
  '-3h',
  '48',
  'h',
  '48 lightyears',
  'soon',
  'PT1H2',
  'P99999999999D',
  `${'9'.repeat(200)}h`,
  'NaNh',
  'Infinity h',
])('refuses "%s"', (text) => {
  expect(parseDuration(text)).toBeUndefined();
  expect(normalizeDuration(text)).toBeUndefined();
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 36_500 * 24 * hour }), (ms) => {
      expect(parseDuration(formatDuration(ms))).toBe(ms);
    }),
  );
});

test('ISO stays as it was written, words become ISO in their own unit', () => {
  expect(
    ['PT48H', 'P1D', '48h', '072 hours', '3 days', '2 weeks', '1 h 30 min'].map(normalizeDuration),
  ).toEqual(['PT48H', 'P1D', 'PT48H', 'PT72H', 'P3D', 'P2W', 'PT1H30M']);
});

describe('describeDuration', () => {
  test.each([
    ['PT48H', '48 hours'],
    ['PT1H', '1 hour'],
    ['P14D', '14 days'],
    ['P2W', '2 weeks'],
    ['PT90M', '1 hour 30 minutes'],
    ['PT1.5S', '1.5 seconds'],
    ['PT0S', '0 seconds'],
    ['${{ vars.pause }}', '${{ vars.pause }}'],
  ])('%s is "%s"', (duration, words) => {
    expect(describeDuration(duration)).toBe(words);
  });
});
