import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { dateTime, timestamp } from '../../model/formats.js';
import { shipments as shipmentsCategory } from '../categories.js';
import { shipmentId, stopSequence } from './shipment-input.js';

/** Moves the appointment of a stop. Undone by moving it back. */
export const updateStopAppointment = ({ shipments }: Pick<Connectors, 'shipments'>): Action =>
  defineAction({
    ...shipmentsCategory,
    id: 'update_stop_appointment',
    name: 'Update stop appointment',
    description:
      'Moves the appointment of a stop of a shipment to another time. Undone by restoring the old appointment.',
    icon: 'calendar',
    effect: 'write',
    keywords: ['appointment', 'reschedule', 'move', 'change', 'delivery time', 'stop', 'dock'],
    timeout: 'PT30S',
    input: z.strictObject({
      shipmentId,
      stopSequence,
      appointment: dateTime.describe('The new time, RFC 3339, e.g. 2030-01-31T14:00:00Z.'),
    }),
    output: z.object({
      previous: timestamp,
      current: timestamp,
    }),
    compensate: {
      action: 'update_stop_appointment',
      input: {
        shipmentId: '${{ input.shipmentId }}',
        stopSequence: '${{ input.stopSequence }}',
        appointment: '${{ output.previous }}',
      },
    },
    example: {
      input: { shipmentId: 'FK-1002', stopSequence: 2, appointment: '2030-01-31T18:00:00.000Z' },
      output: { previous: '2030-01-31T14:00:00.000Z', current: '2030-01-31T18:00:00.000Z' },
    },
    handler: (input, context) =>
      shipments.setAppointment(input.shipmentId, input.stopSequence, input.appointment, context),
  });
