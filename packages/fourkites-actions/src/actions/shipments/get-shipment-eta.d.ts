import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Reads when a shipment arrives, and how late that is. */
export declare const getShipmentEta: ({ shipments }: Pick<Connectors, 'shipments'>) => Action;
