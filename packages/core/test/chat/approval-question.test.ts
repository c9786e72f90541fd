import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { questionFilter } from '../../src/chat/approval-question.js';

const filtered = (deltas: readonly string[]): string => {
  const filter = questionFilter();
  return deltas.map((delta) => filter.take(delta)).join('') + filter.rest();
};

describe('questionFilter', () => {
  test('drops the question however it is cut and written, and nothing else', () => {
    const texts = fc.constantFrom(
      'Done.',
      'Does this work? ',
      'It does ',
      'does this workflow look bad? ',
      ' to you?',
      '\n',
    );
    const text = fc.array(
      fc.oneof(texts, fc.constantFrom('Does this workflow look good?', ' DOES THIS WORKFLOW LOOK GOOD?')),
    );
    fc.assert(
      fc.property(text, fc.array(fc.nat(12)), (parts, cuts) => {
        const whole = parts.join('');
        const deltas: string[] = [];
        let at = 0;
        for (const cut of cuts) {
          deltas.push(whole.slice(at, at + cut));
          at += cut;
        }
        deltas.push(whole.slice(at));
        const expected = whole.replaceAll(/\s*does this workflow look good[^.?!\n]*(?:[.?!]|$|(?=\n))/gi, '');
        if (!/does this workflow look good/i.test(expected)) expect(filtered(deltas)).toBe(expected);
      }),
    );
  });

  test('lets text through as it comes', () => {
    const filter = questionFilter();
    expect(filter.take('It mails the dock so')).toBe('It mails the dock so');
    expect(filter.take(' does')).toBe('');
    expect(filter.take(' more')).toBe(' does more');
  });
});
