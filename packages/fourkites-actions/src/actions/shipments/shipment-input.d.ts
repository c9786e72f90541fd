import { z } from 'zod';
/** The number of a shipment, as an action's input field. */
export declare const shipmentId: z.ZodString;
/** The place of a stop in its shipment, as an action's input field. */
export declare const stopSequence: z.ZodInt;
