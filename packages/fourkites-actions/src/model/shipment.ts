import { z } from 'zod';
import { dateTime, timestamp } from './formats.js';

/** How a shipment stands. `late`: the last stop is expected after its appointment. */
export const shipmentStatusSchema = z.enum(['on_time', 'late', 'not_tracking', 'delivered']);

const delayMinutes = z
  .int()
  .min(0)
  .describe('Minutes behind the appointment; 0 when on time, early or not tracked (see status).');

/** A place where a shipment is picked up or delivered. */
export const stopSchema = z.object({
  sequence: z.int().min(1),
  type: z.enum(['pickup', 'delivery']),
  facility: z.string(),
  facilityEmail: z.string(),
  city: z.string(),
  state: z.string(),
  appointment: timestamp,
  eta: timestamp.nullable().describe('Null while the shipment is not tracked.'),
  arrivedAt: timestamp.nullable(),
  delayMinutes,
});

/** Where a shipment was last seen. */
export const locationSchema = z.object({
  latitude: z.number(),
  longitude: z.number(),
  city: z.string(),
  state: z.string(),
  locatedAt: timestamp,
});

/** A shipment with its stops, in order of their sequence; at least a pickup and a delivery. */
export const shipmentSchema = z.object({
  shipmentId: z.string(),
  status: shipmentStatusSchema,
  eta: timestamp.nullable().describe('Expected arrival at the last stop; null while not tracked.'),
  appointment: timestamp.describe('Appointment of the last stop.'),
  delayMinutes,
  facility: z.string().describe('Name of the last stop.'),
  facilityEmail: z.string(),
  origin: z.string(),
  destination: z.string(),
  pickupAt: timestamp,
  carrier: z.string(),
  billOfLading: z.string(),
  trackingNumber: z.string(),
  tractorNumber: z.string().nullable(),
  trailerNumber: z.string().nullable(),
  location: locationSchema.nullable(),
  notes: z.array(z.object({ noteId: z.string(), text: z.string() })),
  stops: z.array(stopSchema),
});

/** What a list of shipments shows of each. */
export const shipmentSummarySchema = shipmentSchema.omit({ location: true, notes: true, stops: true });

/** Which shipments to find; every condition given must hold. Text matches any part, in any case. */
export const shipmentFilterSchema = z.strictObject({
  status: shipmentStatusSchema.optional(),
  carrier: z.string().optional().describe('Part of the name of the carrier.'),
  lane: z
    .strictObject({ origin: z.string().optional(), destination: z.string().optional() })
    .optional()
    .describe('Parts of the origin and the destination, e.g. {"origin": "Dallas", "destination": "IL"}.'),
  pickupFrom: dateTime.optional().describe('Picked up at or after this time.'),
  pickupTo: dateTime.optional().describe('Picked up at or before this time.'),
  minDelayMinutes: z.int().min(0).optional().describe('At least this many minutes late.'),
});

export type ShipmentStatus = z.infer<typeof shipmentStatusSchema>;
export type Stop = z.infer<typeof stopSchema>;
export type Location = z.infer<typeof locationSchema>;
export type Shipment = z.infer<typeof shipmentSchema>;
export type ShipmentFilter = z.infer<typeof shipmentFilterSchema>;
