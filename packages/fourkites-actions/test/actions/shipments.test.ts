import { describe, expect, test } from 'vitest';
import { setup } from '../support/setup.js';

const failure = (code: string) => ({ details: { code, retryable: false } });

describe('find_shipments', () => {
  test('finds by status and delay', async () => {
    const { call } = setup();
    const late = await call('find_shipments', {
      filter: { status: 'late', minDelayMinutes: 100 },
      limit: 100,
    });
    expect(late).toEqual({
      shipments: expect.arrayContaining([expect.objectContaining({ shipmentId: 'FK-1002' })]),
    });
    expect(JSON.stringify(late)).not.toContain('on_time');
  });

  test('finds by carrier, lane and pickup window, in any case', async () => {
    const { call, simulator } = setup();
    const [one] = simulator.shipments();
    expect(one).toBeDefined();
    const { carrier = '', origin = '', destination = '', pickupAt = '' } = one ?? {};
    const filter = {
      carrier: carrier.toUpperCase(),
      lane: { origin: origin.toLowerCase(), destination: destination.slice(-2) },
      pickupFrom: pickupAt,
      pickupTo: pickupAt,
    };
    expect(await call('find_shipments', { filter })).toMatchObject({
      shipments: [{ shipmentId: 'FK-1001' }],
    });
    expect(
      await call('find_shipments', { filter: { ...filter, pickupFrom: '2040-01-01T00:00:00Z' } }),
    ).toEqual({ shipments: [] });
  });

  test('stops at its limit, which has a bound', async () => {
    const { call } = setup();
    expect(await call('find_shipments', { limit: 2 })).toMatchObject({
      shipments: [{ shipmentId: 'FK-1001' }, { shipmentId: 'FK-1002' }],
    });
    await expect(call('find_shipments', { limit: 501 })).rejects.toMatchObject(failure('invalid_input'));
  });
});

describe('get_shipment_eta', () => {
  test('tells the last stop, or another one', async () => {
    const { call } = setup();
    expect(await call('get_shipment_eta', { shipmentId: 'FK-1002' })).toMatchObject({
      delayMinutes: 180,
      status: 'late',
    });
    expect(await call('get_shipment_eta', { shipmentId: 'FK-1002', stopSequence: 1 })).toMatchObject({
      delayMinutes: 0,
      status: 'delivered',
    });
    await expect(call('get_shipment_eta', { shipmentId: 'FK-1002', stopSequence: 9 })).rejects.toMatchObject(
      failure('stop_not_found'),
    );
  });

  test('knows no arrival of a shipment that is not tracked', async () => {
    const { call } = setup();
    expect(await call('get_shipment_eta', { shipmentId: 'FK-1003' })).toMatchObject({
      eta: null,
      delayMinutes: 0,
      status: 'not_tracking',
    });
  });
});

test('get_shipment_location tells a place, or that nobody tracks it', async () => {
  const { call } = setup();
  expect(await call('get_shipment_location', { shipmentId: 'FK-1001' })).toEqual({
    latitude: expect.any(Number),
    longitude: expect.any(Number),
    city: expect.any(String),
    state: expect.stringMatching(/^[A-Z]{2}$/),
    locatedAt: '2030-01-01T00:00:00.000Z',
  });
  await expect(call('get_shipment_location', { shipmentId: 'FK-1003' })).rejects.toMatchObject(
    failure('not_tracking'),
  );
});

describe('assign_tracking', () => {
  test('makes a shipment tracked, and its compensation undoes that', async () => {
    const { call, catalog } = setup();
    const given = { shipmentId: 'FK-1003', tractorNumber: 'TR-9' };
    expect(await call('assign_tracking', given)).toEqual({
      accepted: true,
      previous: { tractorNumber: null, trailerNumber: null },
    });
    expect(await call('get_shipment', { shipmentId: 'FK-1003' })).toMatchObject({
      status: 'on_time',
      tractorNumber: 'TR-9',
      trailerNumber: null,
    });

    expect(catalog.get('assign_tracking')?.compensate).toEqual({
      action: 'assign_tracking',
      input: {
        shipmentId: '${{ input.shipmentId }}',
        tractorNumber: '${{ output.previous.tractorNumber }}',
        trailerNumber: '${{ output.previous.trailerNumber }}',
      },
    });
    await call('assign_tracking', { shipmentId: 'FK-1003', tractorNumber: null, trailerNumber: null });
    expect(await call('get_shipment', { shipmentId: 'FK-1003' })).toMatchObject({ status: 'not_tracking' });
  });

  test('wants a tractor or a trailer', async () => {
    const { call } = setup();
    await expect(call('assign_tracking', { shipmentId: 'FK-1003' })).rejects.toMatchObject({
      message: expect.stringContaining('give tractorNumber or trailerNumber'),
    });
  });
});

test('update_stop_appointment moves an appointment, which changes the delay, and gives the old one', async () => {
  const { call } = setup();
  const before = await call('get_shipment_eta', { shipmentId: 'FK-1002' });
  const input = { shipmentId: 'FK-1002', stopSequence: 2, appointment: '2030-02-01T09:00:00+01:00' };
  const moved = await call('update_stop_appointment', input);
  expect(before).toMatchObject({ appointment: Object(moved).previous });
  expect(moved).toMatchObject({ current: '2030-02-01T08:00:00.000Z' });
  expect(await call('get_shipment_eta', { shipmentId: 'FK-1002' })).toMatchObject({
    appointment: '2030-02-01T08:00:00.000Z',
    delayMinutes: 0,
    status: 'on_time',
  });
  await expect(call('update_stop_appointment', { ...input, appointment: 'tomorrow' })).rejects.toMatchObject(
    failure('invalid_input'),
  );
});

test('add_shipment_note writes a note once per key', async () => {
  const { call } = setup();
  const note = { shipmentId: 'FK-1001', text: 'Dock is closed on Sunday.' };
  expect(await call('add_shipment_note', note, 'run/note')).toEqual({ noteId: 'note-1' });
  expect(await call('add_shipment_note', note, 'run/note')).toEqual({ noteId: 'note-1' });
  expect(await call('get_shipment', { shipmentId: 'FK-1001' })).toMatchObject({
    notes: [{ noteId: 'note-1', text: note.text }],
  });
});

test.each([
  ['get_shipment', {}],
  ['get_shipment_eta', {}],
  ['get_shipment_location', {}],
  ['assign_tracking', { tractorNumber: 'TR-1' }],
  ['update_stop_appointment', { stopSequence: 1, appointment: '2030-01-01T00:00:00Z' }],
  ['add_shipment_note', { text: 'x' }],
])('%s fails for good with an unknown shipment', async (id, rest) => {
  const { call } = setup();
  await expect(call(id, { shipmentId: 'FK-9999', ...rest })).rejects.toMatchObject({
    ...failure('shipment_not_found'),
    message: expect.stringContaining('FK-9999'),
  });
});
