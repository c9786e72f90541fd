import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { shipmentFilterSchema, shipmentSummarySchema } from '../../model/shipment.js';
import { shipments as shipmentsCategory } from '../categories.js';
import { sampleSummary } from './sample-shipment.js';

/** Looks for shipments by what they are like. */
export const findShipments = ({ shipments }: Pick<Connectors, 'shipments'>): Action =>
  defineAction({
    ...shipmentsCategory,
    id: 'find_shipments',
    name: 'Find shipments',
    description:
      'Lists shipments by status (on time, late, not tracking, delivered), carrier, lane, pickup window or minimum delay. Use it to start from all late shipments rather than from one.',
    icon: 'search',
    effect: 'read',
    keywords: [
      'search shipments',
      'list shipments',
      'query shipments',
      'all shipments',
      'late shipments',
      'shipments by carrier',
      'not tracking',
      'lane',
    ],
    timeout: 'PT30S',
    input: z.strictObject({
      filter: shipmentFilterSchema.optional().describe('Without it all shipments.'),
      limit: z.int().min(1).max(500).default(50),
    }),
    output: z.object({ shipments: z.array(shipmentSummarySchema) }),
    example: {
      input: { filter: { status: 'late', minDelayMinutes: 60 }, limit: 10 },
      output: { shipments: [sampleSummary] },
    },
    handler: async ({ filter, limit }, context) => ({
      shipments: await shipments.find(filter ?? {}, limit, context),
    }),
  });
