import type { z } from 'zod';
import type { Shipment, shipmentSummarySchema } from '../../model/shipment.js';

/** The shipment of the examples, as a list shows it: three hours late. */
export const sampleSummary: z.infer<typeof shipmentSummarySchema> = {
  shipmentId: 'FK-1002',
  status: 'late',
  eta: '2030-01-31T17:00:00.000Z',
  appointment: '2030-01-31T14:00:00.000Z',
  delayMinutes: 180,
  facility: 'Chicago DC',
  facilityEmail: 'dock@chicago.example',
  origin: 'Memphis, TN',
  destination: 'Chicago, IL',
  pickupAt: '2030-01-30T08:00:00.000Z',
  carrier: 'Prairie Star Freight',
  billOfLading: 'BOL-481002',
  trackingNumber: 'PRO-7701002',
  tractorNumber: 'TR-302',
  trailerNumber: 'TL-5002',
};

/** The shipment of the examples. */
export const sampleShipment: Shipment = {
  ...sampleSummary,
  location: {
    latitude: 38.63,
    longitude: -90.2,
    city: 'St. Louis',
    state: 'MO',
    locatedAt: '2030-01-31T09:00:00.000Z',
  },
  notes: [],
  stops: [
    {
      sequence: 1,
      type: 'pickup',
      facility: 'Memphis Crossdock',
      facilityEmail: 'dock@memphis.example',
      city: 'Memphis',
      state: 'TN',
      appointment: '2030-01-30T08:00:00.000Z',
      eta: '2030-01-30T08:00:00.000Z',
      arrivedAt: '2030-01-30T08:00:00.000Z',
      delayMinutes: 0,
    },
    {
      sequence: 2,
      type: 'delivery',
      facility: 'Chicago DC',
      facilityEmail: 'dock@chicago.example',
      city: 'Chicago',
      state: 'IL',
      appointment: '2030-01-31T14:00:00.000Z',
      eta: '2030-01-31T17:00:00.000Z',
      arrivedAt: null,
      delayMinutes: 180,
    },
  ],
};
