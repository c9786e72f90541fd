import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { shipments as shipmentsCategory } from '../categories.js';
import { shipmentId } from './shipment-input.js';

const equipmentNumber = z.string().min(1).max(50).nullable();

/** Assigns the equipment by which a shipment is tracked. Undone by assigning what was there before. */
export const assignTracking = ({ shipments }: Pick<Connectors, 'shipments'>): Action =>
  defineAction({
    ...shipmentsCategory,
    id: 'assign_tracking',
    name: 'Assign tracking',
    description:
      'Assigns a tractor or a trailer (or both) to a shipment, so that it is tracked. Undone by restoring the equipment it had.',
    icon: 'truck',
    effect: 'write',
    keywords: ['assign', 'tractor', 'trailer', 'truck', 'equipment', 'start tracking'],
    timeout: 'PT30S',
    input: z
      .strictObject({
        shipmentId,
        tractorNumber: equipmentNumber.optional().describe('Number of the tractor; null takes it off.'),
        trailerNumber: equipmentNumber.optional().describe('Number of the trailer; null takes it off.'),
      })
      .refine(
        ({ tractorNumber, trailerNumber }) => tractorNumber !== undefined || trailerNumber !== undefined,
        {
          error: 'give tractorNumber or trailerNumber',
        },
      ),
    output: z.object({
      accepted: z.boolean(),
      previous: z
        .object({ tractorNumber: z.string().nullable(), trailerNumber: z.string().nullable() })
        .describe('The equipment before.'),
    }),
    compensate: {
      action: 'assign_tracking',
      input: {
        shipmentId: '${{ input.shipmentId }}',
        tractorNumber: '${{ output.previous.tractorNumber }}',
        trailerNumber: '${{ output.previous.trailerNumber }}',
      },
    },
    example: {
      input: { shipmentId: 'FK-1003', tractorNumber: 'TR-303' },
      output: { accepted: true, previous: { tractorNumber: null, trailerNumber: null } },
    },
    handler: async (input, context) => ({
      accepted: true,
      previous: await shipments.assign(input.shipmentId, input, context),
    }),
  });
