import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { stopNotFound } from '../../failures.js';
import { type Shipment, type ShipmentStatus, type Stop, shipmentSchema } from '../../model/shipment.js';
import { shipments as shipmentsCategory } from '../categories.js';
import { shipmentId, stopSequence } from './shipment-input.js';

/** Reads when a shipment arrives, and how late that is. */
export const getShipmentEta = ({ shipments }: Pick<Connectors, 'shipments'>): Action =>
  defineAction({
    ...shipmentsCategory,
    id: 'get_shipment_eta',
    name: 'Get shipment ETA',
    description:
      'Reads the estimated arrival of a shipment at its last stop, or at another stop, with the appointment, the delay in minutes and the status. Use it to decide whether a shipment is late.',
    icon: 'clock',
    effect: 'read',
    keywords: ['eta', 'arrival', 'arrive', 'delay', 'late', 'on time', 'appointment', 'minutes'],
    timeout: 'PT30S',
    input: z.strictObject({
      shipmentId,
      stopSequence: stopSequence.optional().describe('Number of the stop, from 1. Default: the last one.'),
    }),
    output: shipmentSchema.pick({ eta: true, appointment: true, delayMinutes: true, status: true }),
    example: {
      input: { shipmentId: 'FK-1002' },
      output: {
        eta: '2030-01-31T17:00:00.000Z',
        appointment: '2030-01-31T14:00:00.000Z',
        delayMinutes: 180,
        status: 'late',
      },
    },
    handler: async (input, context) => {
      const shipment = await shipments.get(input.shipmentId, context);
      if (input.stopSequence === undefined) return shipment;
      const stop = shipment.stops.find(({ sequence }) => sequence === input.stopSequence);
      if (!stop) throw stopNotFound(input.shipmentId, input.stopSequence);
      return { ...stop, status: statusAt(stop, shipment) };
    },
  });

const statusAt = (stop: Stop, shipment: Shipment): ShipmentStatus => {
  if (stop.arrivedAt !== null) return 'delivered';
  if (shipment.status === 'not_tracking') return 'not_tracking';
  return stop.delayMinutes > 0 ? 'late' : 'on_time';
};
