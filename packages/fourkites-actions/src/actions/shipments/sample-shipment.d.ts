import type { z } from 'zod';
import type { Shipment, shipmentSummarySchema } from '../../model/shipment.js';
/** The shipment of the examples, as a list shows it: three hours late. */
export declare const sampleSummary: z.infer<typeof shipmentSummarySchema>;
/** The shipment of the examples. */
export declare const sampleShipment: Shipment;
