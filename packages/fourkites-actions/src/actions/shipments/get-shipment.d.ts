import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Reads everything about one shipment. */
export declare const getShipment: ({ shipments }: Pick<Connectors, 'shipments'>) => Action;
