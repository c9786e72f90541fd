import { z } from 'zod';

/** The fields that are found in mails and documents about a shipment. A parser may be asked for others by name. */
export const shipmentFieldNames = [
  'bol_number',
  'delivery_date',
  'carrier_name',
  'tracking_number',
  'origin',
  'destination',
  'pickup_date',
  'weight',
] as const;

/** A name of {@link shipmentFieldNames}. */
export type ShipmentField = (typeof shipmentFieldNames)[number];

/** What the mail to a facility asks for, and so what its answer must hold to be complete. */
export const requestedFields: readonly ShipmentField[] = [
  'bol_number',
  'delivery_date',
  'carrier_name',
  'tracking_number',
];

/** Fields with the values that were found; the absent ones are left out. */
export const parsedFieldsSchema = z
  .object({
    bol_number: z.string().optional(),
    delivery_date: z.string().optional().describe('YYYY-MM-DD'),
    carrier_name: z.string().optional(),
    tracking_number: z.string().optional(),
    origin: z.string().optional(),
    destination: z.string().optional(),
    pickup_date: z.string().optional().describe('YYYY-MM-DD'),
    weight: z.string().optional(),
  })
  .catchall(z.string());

/** The name of a field. */
export const fieldNameSchema = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);

/** A field's name for people: `bol_number` is "BOL number". */
export const fieldLabel = (name: string): string => name.replaceAll('_', ' ').replace(/^bol\b/, 'BOL');
