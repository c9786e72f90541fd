import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { mailAddress } from '../../model/formats.js';
import { fieldNameSchema } from '../../model/shipment-fields.js';
import { email } from '../categories.js';
import { composeFollowUp } from './compose.js';
import { ccList, facility } from './recipient-input.js';

/** Asks a facility again. */
export const sendFollowupEmail = ({ mail }: Pick<Connectors, 'mail'>): Action =>
  defineAction({
    ...email,
    id: 'send_followup_email',
    name: 'Send follow-up email',
    description: 'Chases a facility: mails it again for the fields that its answer lacked.',
    icon: 'refresh',
    effect: 'irreversible',
    keywords: ['follow up', 'followup', 'chase', 'remind', 'reminder', 'again', 'missing', 'partial'],
    aliases: ['send_followup_email_real'],
    timeout: 'PT30S',
    input: z.strictObject({
      recipient_email: mailAddress.describe('Mail address of the facility.'),
      facility,
      missing_fields: z
        .array(fieldNameSchema)
        .max(50)
        .describe('What is still needed, e.g. ["delivery_date"]; empty asks for an answer as such.'),
      cc_list: ccList,
    }),
    output: z.object({ messageId: z.string(), threadId: z.string() }),
    example: {
      input: {
        recipient_email: 'dock@dallas.example',
        facility: 'Dallas Hub',
        missing_fields: ['delivery_date', 'tracking_number'],
      },
      output: { messageId: 'mail-2', threadId: 'mail-2' },
    },
    handler: (input, context) =>
      mail.send(
        {
          to: [input.recipient_email],
          cc: input.cc_list ?? [],
          ...composeFollowUp(input.facility, input.missing_fields),
        },
        context,
      ),
  });
