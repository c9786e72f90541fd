import { type Action, actionFailure, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { locationSchema } from '../../model/shipment.js';
import { shipments as shipmentsCategory } from '../categories.js';
import { shipmentId } from './shipment-input.js';

/** Reads where a shipment is. Fails with `not_tracking`, which is not retried, when nobody knows. */
export const getShipmentLocation = ({ shipments }: Pick<Connectors, 'shipments'>): Action =>
  defineAction({
    ...shipmentsCategory,
    id: 'get_shipment_location',
    name: 'Get shipment location',
    description: 'Reads where a shipment was last seen: coordinates, city, state and when.',
    icon: 'pin',
    effect: 'read',
    keywords: ['location', 'where', 'position', 'gps', 'city', 'latitude', 'longitude'],
    timeout: 'PT30S',
    input: z.strictObject({ shipmentId }),
    output: locationSchema,
    example: {
      input: { shipmentId: 'FK-1002' },
      output: {
        latitude: 38.63,
        longitude: -90.2,
        city: 'St. Louis',
        state: 'MO',
        locatedAt: '2030-01-31T09:00:00.000Z',
      },
    },
    handler: async (input, context) => {
      const { location } = await shipments.get(input.shipmentId, context);
      if (location) return location;
      throw actionFailure(
        'not_tracking',
        `The shipment ${input.shipmentId} is not tracked, so its location is not known. Assign a tractor or trailer with assign_tracking.`,
        { retryable: false },
      );
    },
  });
