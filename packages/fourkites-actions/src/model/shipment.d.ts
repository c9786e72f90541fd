import { z } from 'zod';
/** How a shipment stands. `late`: the last stop is expected after its appointment. */
export declare const shipmentStatusSchema: z.ZodEnum<{
  delivered: 'delivered';
  on_time: 'on_time';
  late: 'late';
  not_tracking: 'not_tracking';
}>;
/** A place where a shipment is picked up or delivered. */
export declare const stopSchema: z.ZodObject<
  {
    sequence: z.ZodInt;
    type: z.ZodEnum<{
      pickup: 'pickup';
      delivery: 'delivery';
    }>;
    facility: z.ZodString;
    facilityEmail: z.ZodString;
    city: z.ZodString;
    state: z.ZodString;
    appointment: z.ZodString;
    eta: z.ZodNullable<z.ZodString>;
    arrivedAt: z.ZodNullable<z.ZodString>;
    delayMinutes: z.ZodInt;
  },
  z.core.$strip
>;
/** Where a shipment was last seen. */
export declare const locationSchema: z.ZodObject<
  {
    latitude: z.ZodNumber;
    longitude: z.ZodNumber;
    city: z.ZodString;
    state: z.ZodString;
    locatedAt: z.ZodString;
  },
  z.core.$strip
>;
/** A shipment with its stops, in order of their sequence; at least a pickup and a delivery. */
export declare const shipmentSchema: z.ZodObject<
  {
    shipmentId: z.ZodString;
    status: z.ZodEnum<{
      delivered: 'delivered';
      on_time: 'on_time';
      late: 'late';
      not_tracking: 'not_tracking';
    }>;
    eta: z.ZodNullable<z.ZodString>;
    appointment: z.ZodString;
    delayMinutes: z.ZodInt;
    facility: z.ZodString;
    facilityEmail: z.ZodString;
    origin: z.ZodString;
    destination: z.ZodString;
    pickupAt: z.ZodString;
    carrier: z.ZodString;
    billOfLading: z.ZodString;
    trackingNumber: z.ZodString;
    tractorNumber: z.ZodNullable<z.ZodString>;
    trailerNumber: z.ZodNullable<z.ZodString>;
    location: z.ZodNullable<
      z.ZodObject<
        {
          latitude: z.ZodNumber;
          longitude: z.ZodNumber;
          city: z.ZodString;
          state: z.ZodString;
          locatedAt: z.ZodString;
        },
        z.core.$strip
      >
    >;
    notes: z.ZodArray<
      z.ZodObject<
        {
          noteId: z.ZodString;
          text: z.ZodString;
        },
        z.core.$strip
      >
    >;
    stops: z.ZodArray<
      z.ZodObject<
        {
          sequence: z.ZodInt;
          type: z.ZodEnum<{
            pickup: 'pickup';
            delivery: 'delivery';
          }>;
          facility: z.ZodString;
          facilityEmail: z.ZodString;
          city: z.ZodString;
          state: z.ZodString;
          appointment: z.ZodString;
          eta: z.ZodNullable<z.ZodString>;
          arrivedAt: z.ZodNullable<z.ZodString>;
          delayMinutes: z.ZodInt;
        },
        z.core.$strip
      >
    >;
  },
  z.core.$strip
>;
/** What a list of shipments shows of each. */
export declare const shipmentSummarySchema: z.ZodObject<
  {
    status: z.ZodEnum<{
      delivered: 'delivered';
      on_time: 'on_time';
      late: 'late';
      not_tracking: 'not_tracking';
    }>;
    facility: z.ZodString;
    shipmentId: z.ZodString;
    tractorNumber: z.ZodNullable<z.ZodString>;
    trailerNumber: z.ZodNullable<z.ZodString>;
    carrier: z.ZodString;
    origin: z.ZodString;
    destination: z.ZodString;
    delayMinutes: z.ZodInt;
    pickupAt: z.ZodString;
    eta: z.ZodNullable<z.ZodString>;
    appointment: z.ZodString;
    facilityEmail: z.ZodString;
    billOfLading: z.ZodString;
    trackingNumber: z.ZodString;
  },
  z.core.$strip
>;
/** Which shipments to find; every condition given must hold. Text matches any part, in any case. */
export declare const shipmentFilterSchema: z.ZodObject<
  {
    status: z.ZodOptional<
      z.ZodEnum<{
        delivered: 'delivered';
        on_time: 'on_time';
        late: 'late';
        not_tracking: 'not_tracking';
      }>
    >;
    carrier: z.ZodOptional<z.ZodString>;
    lane: z.ZodOptional<
      z.ZodObject<
        {
          origin: z.ZodOptional<z.ZodString>;
          destination: z.ZodOptional<z.ZodString>;
        },
        z.core.$strict
      >
    >;
    pickupFrom: z.ZodOptional<z.ZodString>;
    pickupTo: z.ZodOptional<z.ZodString>;
    minDelayMinutes: z.ZodOptional<z.ZodInt>;
  },
  z.core.$strict
>;
export type ShipmentStatus = z.infer<typeof shipmentStatusSchema>;
export type Stop = z.infer<typeof stopSchema>;
export type Location = z.infer<typeof locationSchema>;
export type Shipment = z.infer<typeof shipmentSchema>;
export type ShipmentFilter = z.infer<typeof shipmentFilterSchema>;
