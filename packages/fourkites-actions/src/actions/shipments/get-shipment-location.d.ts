import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Reads where a shipment is. Fails with `not_tracking`, which is not retried, when nobody knows. */
export declare const getShipmentLocation: ({ shipments }: Pick<Connectors, 'shipments'>) => Action;
