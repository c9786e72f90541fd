import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Assigns the equipment by which a shipment is tracked. Undone by assigning what was there before. */
export declare const assignTracking: ({ shipments }: Pick<Connectors, 'shipments'>) => Action;
