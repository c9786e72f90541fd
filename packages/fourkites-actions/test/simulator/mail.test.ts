import { describe, expect, test } from 'vitest';
import { hour, setup } from '../support/setup.js';

const replied = async (call: ReturnType<typeof setup>['call']) =>
  Object(await call('check_email_inbox')).hasReply;

describe('answers', () => {
  test.each(['dock@chicago.example', 'dock@dallas.example', 'dock@reno.example', 'Dock@Chicago.example'])(
    '%s answers after 6 hours, not before',
    async (address) => {
      const { call, clock, mail } = setup();
      await mail(address);
      await clock.advance(6 * hour - 1);
      expect(await replied(call)).toBe(false);
      await clock.advance(1);
      expect(await replied(call)).toBe(true);
    },
  );

  test.each(['dock@denver.example', 'planner@example.com'])('%s never answers', async (address) => {
    const { call, clock, mail } = setup();
    await mail(address);
    await clock.advance(1000 * hour);
    expect(await replied(call)).toBe(false);
  });

  test('who only gets a copy does not answer', async () => {
    const { call, clock } = setup();
    await call('send_initial_email', {
      recipient_email: 'dock@denver.example',
      facility: 'Denver Depot',
      cc_list: ['dock@chicago.example'],
    });
    await clock.advance(48 * hour);
    expect(await replied(call)).toBe(false);
  });

  test('are in the thread of the mail, and about its shipment', async () => {
    const { call, clock, mail } = setup();
    const { threadId } = Object(await mail('dock@chicago.example', 'FK-1017'));
    await clock.advance(6 * hour);
    expect(await call('check_email_inbox')).toMatchObject({
      emails: [
        {
          threadId,
          subject: 'Re: Shipment information needed: FK-1017',
          body: expect.stringContaining('BOL-481017'),
          receivedAt: '2030-01-01T06:00:00.000Z',
        },
      ],
    });
  });

  test.each([
    ['dock@chicago.example', 'complete', false, []],
    ['dock@dallas.example', 'partial', false, ['delivery_date', 'tracking_number']],
    [
      'dock@reno.example',
      'incomplete',
      true,
      ['bol_number', 'delivery_date', 'carrier_name', 'tracking_number'],
    ],
  ])('of %s parse as %s', async (address, completeness, is_gibberish, missing_fields) => {
    const { call, clock, mail } = setup();
    await mail(address);
    await clock.advance(6 * hour);
    const { email_body } = Object(await call('check_email_inbox'));
    expect(await call('parse_email_response', { email_body })).toMatchObject({
      completeness,
      is_gibberish,
      missing_fields,
    });
  });
});

test('a conversation: Chicago is mailed, 48 hours later its answer is there and complete', async () => {
  const { call, clock, mail, simulator } = setup();
  await mail('dock@chicago.example', 'FK-1002');
  await clock.advance(48 * hour);
  const inbox = await call('check_email_inbox', { from_filter: 'dock@chicago.example', since_hours: 48 });
  expect(inbox).toMatchObject({ hasReply: true });
  const parsed = await call('parse_email_response', { email_body: Object(inbox).email_body });
  const shipment = simulator.shipments().find(({ shipmentId }) => shipmentId === 'FK-1002');
  expect(parsed).toEqual({
    completeness: 'complete',
    is_gibberish: false,
    fields: {
      bol_number: shipment?.billOfLading,
      carrier_name: shipment?.carrier,
      delivery_date: shipment?.eta?.slice(0, 10),
      tracking_number: shipment?.trackingNumber,
    },
    missing_fields: [],
  });
});

test('a second send with the same key answers the first mail and sends none', async () => {
  const { mail, simulator } = setup();
  const first = await mail('dock@chicago.example', 'FK-1002', 'run_1/ask');
  expect(await mail('dock@chicago.example', 'FK-1002', 'run_1/ask')).toEqual(first);
  expect(simulator.outbox()).toHaveLength(1);
  expect(await mail('dock@chicago.example', 'FK-1002', 'run_2/ask')).not.toEqual(first);
  expect(simulator.outbox()).toHaveLength(2);
});

describe('the time scale', () => {
  test('of 3600 makes hours seconds, also those that since_hours looks back', async () => {
    const { call, clock, mail } = setup({ timeScale: 3600 });
    await mail('dock@chicago.example');
    await clock.advance(5999);
    expect(await replied(call)).toBe(false);
    await clock.advance(1);
    expect(await replied(call)).toBe(true);
    await clock.advance(3000);
    expect(await call('check_email_inbox', { since_hours: 3 })).toMatchObject({ hasReply: true });
    expect(await call('check_email_inbox', { since_hours: 2.9 })).toMatchObject({ hasReply: false });
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('%s is refused', (timeScale) => {
    expect(() => setup({ timeScale })).toThrow('timeScale');
  });
});
