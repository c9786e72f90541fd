import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Writes a note on a shipment. */
export declare const addShipmentNote: ({ shipments }: Pick<Connectors, 'shipments'>) => Action;
