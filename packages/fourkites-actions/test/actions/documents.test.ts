import { describe, expect, test } from 'vitest';
import { hour, setup } from '../support/setup.js';

describe('extract_document_text', () => {
  test('reads a document, or pages of it', async () => {
    const { call } = setup();
    const document_path = 'bol/FK-1001.pdf';
    const page = async (...page_numbers: number[]) =>
      Object(await call('extract_document_text', { document_path, page_numbers })).text;
    expect(await page(1)).toContain('BILL OF LADING');
    expect(await page(2)).toContain('Weight');
    expect(await call('extract_document_text', { document_path })).toEqual({
      text: `${await page(1)}\n\n${await page(2)}`,
      pages: 2,
    });
    await expect(page(3)).rejects.toMatchObject({ details: { code: 'page_not_found', retryable: false } });
  });

  test('reads what a mail brought, once it has come', async () => {
    const { call, clock, mail } = setup();
    await mail('dock@chicago.example', 'FK-1009');
    const attachment = 'mail-1-reply-1/bill-of-lading.pdf';
    const missing = { details: { code: 'document_not_found', retryable: false } };
    await expect(call('extract_document_text', { attachment })).rejects.toMatchObject(missing);
    await clock.advance(6 * hour);
    expect(await call('check_email_inbox')).toMatchObject({
      emails: [{ attachments: [{ id: attachment }] }],
    });
    expect(await call('extract_document_text', { attachment })).toMatchObject({
      text: expect.stringContaining('BOL number: BOL-481009'),
    });
    await expect(call('extract_document_text', { document_path: '../etc/passwd' })).rejects.toMatchObject(
      missing,
    );
  });

  test.each([{}, { document_path: 'bol/FK-1001.pdf', attachment: 'x' }])(
    'wants a path or an attachment, not %j',
    async (input) => {
      const { call } = setup();
      await expect(call('extract_document_text', input)).rejects.toThrow(
        'give either document_path or attachment',
      );
    },
  );
});

describe('parse_document_with_ai', () => {
  test('finds the fields of a bill of lading', async () => {
    const { call } = setup();
    const document = await call('extract_document_text', { document_path: 'bol/FK-1002.pdf' });
    const parsed = await call('parse_document_with_ai', { document_text: Object(document).text });
    expect(parsed).toMatchObject({
      fields: {
        bol_number: 'BOL-481002',
        tracking_number: 'PRO-7701002',
        carrier_name: 'Prairie Star Freight',
        destination: 'Chicago, IL',
        delivery_date: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
        weight: '18700 lb',
      },
      formatted: expect.stringContaining('BOL number: BOL-481002\n'),
    });
  });

  test('finds only what is asked for, and gives JSON on request', async () => {
    const { call } = setup();
    const document_text = 'BOL: 12\nSeal: S-9';
    expect(
      await call('parse_document_with_ai', { document_text, extraction_fields: ['seal'], format: 'json' }),
    ).toEqual({ fields: { seal: 'S-9' }, formatted: '{"seal":"S-9"}' });
  });
});
