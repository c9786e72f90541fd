import { describe, expect, test } from 'vitest';
import { hour, setup } from '../support/setup.js';

describe('sending', () => {
  test('the first mail asks for what a complete answer holds', async () => {
    const { call, simulator } = setup();
    const ids = await call('send_initial_email', {
      recipient_email: 'dock@chicago.example',
      facility: 'Chicago DC',
      shipment_id: 'FK-1002',
      cc_list: ['boss@example.com'],
    });
    const [sent] = simulator.outbox();
    expect(sent).toMatchObject({
      to: ['dock@chicago.example'],
      cc: ['boss@example.com'],
      subject: 'Shipment information needed: FK-1002',
      sentAt: '2030-01-01T00:00:00.000Z',
    });
    expect(ids).toEqual({ messageId: sent?.messageId, threadId: sent?.threadId });
    for (const asked of ['BOL number', 'delivery date', 'carrier name', 'tracking number', 'FK-1002']) {
      expect(sent?.text).toContain(asked);
    }
  });

  test('own words take the place of the template’s, and a subject stays one line', async () => {
    const { call, simulator } = setup();
    await call('send_initial_email', {
      recipient_email: 'a@b.example',
      facility: 'B',
      email_template: 'bol_request',
      custom_subject: 'Hello\r\nBcc: evil@example.com',
      custom_message: 'Are you open?',
    });
    expect(simulator.outbox()).toMatchObject([
      { subject: 'Hello Bcc: evil@example.com', text: 'Hello B,\n\nAre you open?\n\nThank you.' },
    ]);
  });

  test('the follow-up names what is missing', async () => {
    const { call, simulator } = setup();
    await call('send_followup_email', {
      recipient_email: 'dock@dallas.example',
      facility: 'Dallas Hub',
      missing_fields: ['bol_number', 'delivery_date'],
    });
    expect(simulator.mailTo('dock@dallas.example')[0]?.text).toContain('- BOL number\n- delivery date');
  });

  test('an escalation names level, facility and reason', async () => {
    const { call, simulator } = setup();
    const escalation = {
      escalation_recipient: 'Ops@example.com',
      facility: 'Reno Yard',
      escalation_level: 2,
      reason: 'The answer cannot be read.',
    };
    await call('send_escalation_email', escalation);
    const [sent] = simulator.mailTo('ops@EXAMPLE.com');
    expect(sent?.subject).toBe('Escalation level 2: Reno Yard');
    expect(sent?.text).toContain('The answer cannot be read.');
    await expect(call('send_escalation_email', { ...escalation, escalation_level: 4 })).rejects.toThrow(
      'escalation_level',
    );
  });

  test.each(['nobody', 'a@b', 'a b@c.example', ''])('refuses the address "%s"', async (recipient_email) => {
    const { call, simulator } = setup();
    await expect(call('send_initial_email', { recipient_email, facility: 'X' })).rejects.toMatchObject({
      details: { code: 'invalid_input', retryable: false },
    });
    expect(simulator.outbox()).toEqual([]);
  });
});

describe('check_email_inbox', () => {
  test('filters by subject, sender and age, newest first', async () => {
    const { call, clock, mail } = setup();
    await mail('dock@chicago.example', 'FK-1005');
    await clock.advance(10 * hour);
    await mail('dock@dallas.example', 'FK-1006');
    await clock.advance(8 * hour);
    const found = async (filter: { [name: string]: string | number }) =>
      Object(await call('check_email_inbox', filter)).emails.map((one: { from: string }) => one.from);

    expect(await found({})).toEqual(['dock@dallas.example', 'dock@chicago.example']);
    expect(await found({ from_filter: 'CHICAGO' })).toEqual(['dock@chicago.example']);
    expect(await found({ subject_filter: 'fk-1006' })).toEqual(['dock@dallas.example']);
    expect(await found({ since_hours: 11 })).toEqual(['dock@dallas.example']);
    expect(await found({ since_hours: 12 })).toEqual(['dock@dallas.example', 'dock@chicago.example']);
    expect(await found({ from_filter: 'dock@reno.example' })).toEqual([]);
  });

  test('an empty inbox has no reply and no text', async () => {
    const { call } = setup();
    expect(await call('check_email_inbox')).toEqual({ emails: [], hasReply: false, email_body: '' });
  });

  test('shows what was marked as read; an unknown mail is refused', async () => {
    const { call, clock, mail } = setup();
    await mail('dock@chicago.example');
    await clock.advance(6 * hour);
    expect(await call('check_email_inbox')).toMatchObject({ emails: [{ isRead: false }] });
    await expect(call('mark_email_read', { messageIds: ['mail-1-reply-1', 'mail-9'] })).rejects.toMatchObject(
      { details: { code: 'email_not_found', retryable: false } },
    );
    expect(await call('check_email_inbox')).toMatchObject({ emails: [{ isRead: false }] });
    await call('mark_email_read', { messageIds: ['mail-1-reply-1'] });
    expect(await call('check_email_inbox')).toMatchObject({ emails: [{ isRead: true }], hasReply: true });
  });
});

describe('parse_email_response', () => {
  test('judges by the fields that are expected', async () => {
    const { call } = setup();
    const email_body = 'BOL: 4711\nDriver name: Ann';
    const judge = (expected_fields: string[]) =>
      call('parse_email_response', { email_body, expected_fields });
    expect(await judge(['bol_number', 'driver_name'])).toEqual({
      completeness: 'complete',
      is_gibberish: false,
      fields: { bol_number: '4711', driver_name: 'Ann' },
      missing_fields: [],
    });
    expect(await judge(['bol_number', 'weight'])).toMatchObject({
      completeness: 'partial',
      missing_fields: ['weight'],
    });
    expect(await judge(['weight'])).toMatchObject({ completeness: 'incomplete', is_gibberish: false });
  });

  test('fetches the newest mail that fits, unless it is given a text or told not to', async () => {
    const { call, clock, mail } = setup();
    await mail('dock@chicago.example');
    await clock.advance(1);
    await mail('dock@dallas.example');
    await clock.advance(6 * hour);
    expect(await call('parse_email_response')).toMatchObject({ completeness: 'partial' });
    expect(await call('parse_email_response', { auto_fetch: true, from_filter: 'chicago' })).toMatchObject({
      completeness: 'complete',
    });
    expect(await call('parse_email_response', { email_body: '' })).toMatchObject({
      completeness: 'incomplete',
      is_gibberish: false,
    });
    await expect(call('parse_email_response', { auto_fetch: false })).rejects.toThrow('give email_body');
  });

  test('no mail is an incomplete answer', async () => {
    const { call } = setup();
    expect(await call('parse_email_response')).toEqual({
      completeness: 'incomplete',
      is_gibberish: false,
      fields: {},
      missing_fields: ['bol_number', 'delivery_date', 'carrier_name', 'tracking_number'],
    });
  });
});
