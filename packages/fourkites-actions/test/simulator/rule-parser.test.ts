import { ruleParser } from '@fk-workflow/fourkites-actions/simulator';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const { signal } = new AbortController();
const all = ['bol_number', 'delivery_date', 'carrier_name', 'tracking_number', 'origin', 'destination'];
const parse = (text: string, fields = all) => ruleParser.parse(text, fields, { signal });
const fieldsOf = async (text: string, fields = all) => (await parse(text, fields)).fields;

describe('labels', () => {
  test.each([
    'BOL: 4711-A',
    'bol number: 4711-A',
    'BOL No.: 4711-A',
    'BOL #: 4711-A',
    'Bill of Lading Number = 4711-A',
    '  - **BOL**: 4711-A',
    'Hello; BOL: 4711-A; bye',
    'Date: today, BOL: 4711-A',
  ])('%s', async (text) => {
    expect(await fieldsOf(text)).toEqual({ bol_number: '4711-A' });
  });

  test('several on a line, with commas inside values', async () => {
    expect(await fieldsOf('Origin: Dallas, TX, Destination: Chicago, IL | Carrier: Acme')).toEqual({
      origin: 'Dallas, TX',
      destination: 'Chicago, IL',
      carrier_name: 'Acme',
    });
  });

  test.each(['TBD', 'n/a', 'unknown', '?', 'not confirmed yet', ''])('"%s" is no value', async (value) => {
    expect(await fieldsOf(`BOL: ${value}`)).toEqual({});
  });

  test('quoted lines of the mail that is answered do not count', async () => {
    expect(await fieldsOf('> BOL: 1\nBOL: 2')).toEqual({ bol_number: '2' });
  });

  test('other fields go by their name', async () => {
    expect(await fieldsOf('Driver name: Ann\nseal-number: 9', ['driver_name', 'seal_number'])).toEqual({
      driver_name: 'Ann',
      seal_number: '9',
    });
  });
});

describe('dates', () => {
  test.each([
    ['2030-03-04', '2030-03-04'],
    ['3/4/2030', '2030-03-04'],
    ['March 4, 2030', '2030-03-04'],
    ['Mar. 4th 2030, 10:00', '2030-03-04'],
    ['on Monday, 4 March 2030', '2030-03-04'],
    ['2030-03-04T10:00:00Z', '2030-03-04'],
  ])('%s', async (text, date) => {
    expect(await fieldsOf(`Delivery date: ${text}`)).toEqual({ delivery_date: date });
  });

  test.each(['2030-02-30', '13/1/2030', 'soon', 'next week'])('%s is none', async (text) => {
    expect(await fieldsOf(`Delivery date: ${text}`)).toEqual({});
  });
});

test('sentences', async () => {
  const text =
    'Hi, BOL number is 4711 and was delivered on March 4, 2030 by Prairie Star Freight. PRO# PRO-7701 - thanks!';
  expect(await fieldsOf(text)).toEqual({
    bol_number: '4711',
    delivery_date: '2030-03-04',
    carrier_name: 'Prairie Star Freight',
    tracking_number: 'PRO-7701',
  });
});

describe('gibberish', () => {
  test.each(['asdf qwrt zxcv', 'xkcd jjjjj lkjh qzpt', '### 8842 ???', 'hjklhjkl'])(
    '"%s" is',
    async (text) => {
      expect(await parse(text)).toEqual({ fields: {}, isGibberish: true });
    },
  );

  test.each([
    'We do not know yet.',
    'Ok',
    'Die Lieferung kommt morgen früh',
    'Delayed indefinitely',
    '',
    'We got asdf qwrt zxcv lkjh from you, please explain',
  ])('"%s" is not', async (text) => {
    expect((await parse(text)).isGibberish).toBe(false);
  });

  test('a text with a field in it is not, whatever else it holds', async () => {
    expect(await parse('asdf qwrt zxcv lkjh\nBOL: 12')).toEqual({
      fields: { bol_number: '12' },
      isGibberish: false,
    });
  });
});

test('any text is parsed, the same each time, into values that stand in it', async () => {
  const line = fc.oneof(fc.string(), fc.constantFrom('BOL: 1', 'Carrier: X', 'delivered ', ', a:', '>'));
  await fc.assert(
    fc.asyncProperty(fc.array(line), async (lines) => {
      const text = lines.join('\n');
      const { fields } = await parse(text, ['bol_number', 'carrier_name', 'origin']);
      expect(await parse(text, ['bol_number', 'carrier_name', 'origin'])).toMatchObject({ fields });
      for (const value of Object.values(fields)) expect(text).toContain(value);
    }),
  );
});

test('a hostile text takes no time', async () => {
  const texts = ['A'.repeat(200_000), 'A. '.repeat(60_000), ', a'.repeat(60_000), 'deliver '.repeat(25_000)];
  const start = performance.now();
  for (const text of texts) await parse(text);
  expect(performance.now() - start).toBeLessThan(1000);
});
