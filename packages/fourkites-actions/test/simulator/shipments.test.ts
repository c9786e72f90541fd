import { manualClock } from '@fk-workflow/core/testing';
import { createSimulator } from '@fk-workflow/fourkites-actions/simulator';
import { describe, expect, test } from 'vitest';

const shipments = () => createSimulator({ clock: manualClock() }).shipments();

describe('the shipments that are always there', () => {
  test('are FK-1001 to FK-1040, the same each time', () => {
    expect(shipments().map(({ shipmentId }) => shipmentId)).toEqual(
      Array.from({ length: 40 }, (_, index) => `FK-${1001 + index}`),
    );
    expect(shipments()).toEqual(shipments());
  });

  test('FK-1001 is on time, FK-1002 180 minutes late, FK-1003 not tracked', () => {
    expect(shipments()).toMatchObject([
      { shipmentId: 'FK-1001', status: 'on_time', delayMinutes: 0, facilityEmail: 'dock@dallas.example' },
      { shipmentId: 'FK-1002', status: 'late', delayMinutes: 180, facilityEmail: 'dock@chicago.example' },
      {
        shipmentId: 'FK-1003',
        status: 'not_tracking',
        eta: null,
        location: null,
        facilityEmail: 'dock@reno.example',
      },
      ...Array.from({ length: 37 }, () => ({})),
    ]);
  });

  test('are of every status, most of them on time', () => {
    const count = (status: string) => shipments().filter((one) => one.status === status).length;
    expect(['on_time', 'late', 'not_tracking', 'delivered'].map(count)).toEqual([27, 6, 4, 3]);
  });

  test('make sense: stops in order, ends apart, delay from ETA and appointment', () => {
    for (const { shipmentId, stops, origin, destination, eta, appointment, delayMinutes } of shipments()) {
      expect(
        stops.map(({ sequence }) => sequence),
        shipmentId,
      ).toEqual(stops.map((_, index) => index + 1));
      expect(origin, shipmentId).not.toBe(destination);
      const times = stops.map((stop) => Date.parse(stop.appointment));
      expect(times, shipmentId).toEqual(times.toSorted((a, b) => a - b));
      const late = eta === null ? 0 : (Date.parse(eta) - Date.parse(appointment)) / 60_000;
      expect(delayMinutes, shipmentId).toBe(Math.max(0, late));
    }
  });
});
