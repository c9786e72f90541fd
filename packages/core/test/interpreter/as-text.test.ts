import { expect, test } from 'vitest';
import { asText } from '../../src/interpreter/as-text.js';

const text = { type: 'string' };
const schema = {
  type: 'object',
  properties: {
    plain: text,
    optional: { anyOf: [text, { type: 'null' }] },
    either: { type: ['string', 'number'] },
    deep: { type: 'object', properties: { list: { type: 'array', items: text } } },
  },
};

test('numbers and booleans become text where only text is taken', () => {
  const given = { plain: 5, optional: true, either: 5, deep: { list: ['a', 1] }, unknown: 5 };
  expect(asText(schema, given)).toEqual({
    plain: '5',
    optional: 'true',
    either: 5,
    deep: { list: ['a', '1'] },
    unknown: 5,
  });
  expect(given.plain).toBe(5);
});

test('what needs no change is not copied', () => {
  const given = { plain: 'a', optional: null, deep: { list: ['a'] } };
  expect(asText(schema, given)).toBe(given);
});
