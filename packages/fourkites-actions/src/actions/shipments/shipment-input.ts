import { z } from 'zod';

/** The number of a shipment, as an action's input field. */
export const shipmentId = z.string().min(1).max(100).describe('Number of the shipment, e.g. FK-1002.');

/** The place of a stop in its shipment, as an action's input field. */
export const stopSequence = z.int().min(1).describe('Number of the stop in the shipment, from 1.');
