import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Looks for shipments by what they are like. */
export declare const findShipments: ({ shipments }: Pick<Connectors, 'shipments'>) => Action;
