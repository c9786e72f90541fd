import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { mailAddress } from '../../model/formats.js';
import { email } from '../categories.js';
import { composeInitial } from './compose.js';
import { ccList, facility } from './recipient-input.js';

/** Writes to a facility for the first time. */
export const sendInitialEmail = ({ mail }: Pick<Connectors, 'mail'>): Action =>
  defineAction({
    ...email,
    id: 'send_initial_email',
    name: 'Send initial email',
    description:
      'Mails a facility for the first time: asks for shipment information or the bill of lading, or tells it of a delay; subject and message can be your own.',
    icon: 'mail',
    effect: 'irreversible',
    keywords: ['email', 'mail', 'send', 'ask', 'request', 'contact', 'facility', 'write to'],
    aliases: ['send_initial_email_real'],
    timeout: 'PT30S',
    input: z.strictObject({
      recipient_email: mailAddress.describe('Mail address of the facility.'),
      facility,
      shipment_id: z.string().min(1).max(100).optional().describe('The shipment it is about, e.g. FK-1002.'),
      cc_list: ccList,
      email_template: z
        .enum(['shipment_info_request', 'delivery_delay_notice', 'bol_request'])
        .default('shipment_info_request'),
      custom_subject: z.string().min(1).max(500).optional().describe('Instead of the template’s subject.'),
      custom_message: z.string().min(1).max(20_000).optional().describe('Instead of the template’s text.'),
    }),
    output: z.object({ messageId: z.string(), threadId: z.string() }),
    example: {
      input: { recipient_email: 'dock@chicago.example', facility: 'Chicago DC', shipment_id: 'FK-1002' },
      output: { messageId: 'mail-1', threadId: 'mail-1' },
    },
    handler: (input, context) =>
      mail.send(
        {
          to: [input.recipient_email],
          cc: input.cc_list ?? [],
          ...composeInitial({
            facility: input.facility,
            template: input.email_template,
            shipmentId: input.shipment_id,
            subject: input.custom_subject,
            message: input.custom_message,
          }),
        },
        context,
      ),
  });
