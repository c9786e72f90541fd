import { z } from 'zod';
/** The fields that are found in mails and documents about a shipment. A parser may be asked for others by name. */
export declare const shipmentFieldNames: readonly [
  'bol_number',
  'delivery_date',
  'carrier_name',
  'tracking_number',
  'origin',
  'destination',
  'pickup_date',
  'weight',
];
/** A name of {@link shipmentFieldNames}. */
export type ShipmentField = (typeof shipmentFieldNames)[number];
/** What the mail to a facility asks for, and so what its answer must hold to be complete. */
export declare const requestedFields: readonly ShipmentField[];
/** Fields with the values that were found; the absent ones are left out. */
export declare const parsedFieldsSchema: z.ZodObject<
  {
    bol_number: z.ZodOptional<z.ZodString>;
    delivery_date: z.ZodOptional<z.ZodString>;
    carrier_name: z.ZodOptional<z.ZodString>;
    tracking_number: z.ZodOptional<z.ZodString>;
    origin: z.ZodOptional<z.ZodString>;
    destination: z.ZodOptional<z.ZodString>;
    pickup_date: z.ZodOptional<z.ZodString>;
    weight: z.ZodOptional<z.ZodString>;
  },
  z.core.$catchall<z.ZodString>
>;
/** The name of a field. */
export declare const fieldNameSchema: z.ZodString;
/** A field's name for people: `bol_number` is "BOL number". */
export declare const fieldLabel: (name: string) => string;
