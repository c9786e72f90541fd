import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { shipments as shipmentsCategory } from '../categories.js';
import { shipmentId } from './shipment-input.js';

/** Writes a note on a shipment. */
export const addShipmentNote = ({ shipments }: Pick<Connectors, 'shipments'>): Action =>
  defineAction({
    ...shipmentsCategory,
    id: 'add_shipment_note',
    name: 'Add shipment note',
    description: 'Writes a note on a shipment that everybody who looks at it can read.',
    icon: 'pen',
    effect: 'write',
    keywords: ['note', 'comment', 'remark', 'write down', 'document'],
    timeout: 'PT30S',
    input: z.strictObject({ shipmentId, text: z.string().min(1).max(5000) }),
    output: z.object({ noteId: z.string() }),
    example: {
      input: { shipmentId: 'FK-1002', text: 'The facility confirmed the new appointment.' },
      output: { noteId: 'note-1' },
    },
    handler: (input, context) => shipments.addNote(input.shipmentId, input.text, context),
  });
