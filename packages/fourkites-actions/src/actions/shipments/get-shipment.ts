import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { shipmentSchema } from '../../model/shipment.js';
import { shipments as shipmentsCategory } from '../categories.js';
import { sampleShipment } from './sample-shipment.js';
import { shipmentId } from './shipment-input.js';

/** Reads everything about one shipment. */
export const getShipment = ({ shipments }: Pick<Connectors, 'shipments'>): Action =>
  defineAction({
    ...shipmentsCategory,
    id: 'get_shipment',
    name: 'Get shipment',
    description:
      'Reads one shipment: status, delay, carrier, BOL, equipment, notes and all its stops with appointments and facilities.',
    icon: 'truck',
    effect: 'read',
    keywords: ['shipment', 'load', 'details', 'status', 'stops', 'carrier', 'look up'],
    timeout: 'PT30S',
    input: z.strictObject({ shipmentId }),
    output: shipmentSchema,
    example: { input: { shipmentId: 'FK-1002' }, output: sampleShipment },
    handler: (input, context) => shipments.get(input.shipmentId, context),
  });
