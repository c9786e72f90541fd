import { describe, expect, test } from 'vitest';
import { cronMistake, plainCrons } from '../../src/workflow/cron.js';

describe('what is no cron', () => {
  test.each([
    '',
    '* * * *',
    '* * * * * *',
    '@daily',
    '61 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '*/0 * * * *',
    '5-1 * * * *',
    '1-2-3 * * * *',
    '1/2/3 * * * *',
    '*-5 * * * *',
    ', * * * *',
    '* * * * SAT-SUN',
    '* * L * *',
    '* * * * MON#2',
    'TZ=UTC 0 9 * * *',
  ])('%j', (cron) => expect(cronMistake(cron)).toMatch(/\.$/));
});

describe('in plain words', () => {
  test.each<[string, ...string[]]>([
    ['0 9 * * *', '0 9 * * *'],
    ['*/20 * * * *', '0,20,40 * * * *'],
    ['50/5 8-10 * * *', '50,55 8,9,10 * * *'],
    ['*/90 * * * *', '0 * * * *'],
    ['0 9 * Jan,mar-MAY *', '0 9 * 1,3,4,5 *'],
    ['0 9 * * MON-FRI/2', '0 9 * * 1,3,5'],
    ['0 9 * * 7', '0 9 * * 0'],
    ['0 9 * * 5-7', '0 9 * * 0,5,6'],
    ['0 9 * * */3', '0 9 * * 0,3,6'],
    ['  0   9 5,5,1 * *  ', '0 9 1,5 * *'],
    ['0 9 13 * FRI', '0 9 13 * *', '0 9 * * 5'],
    ['0 9 */10 * 1', '0 9 1,11,21,31 * *', '0 9 * * 1'],
  ])('%j', (cron, ...plain) => {
    expect(cronMistake(cron)).toBeUndefined();
    expect(plainCrons(cron)).toEqual(plain);
  });
});
