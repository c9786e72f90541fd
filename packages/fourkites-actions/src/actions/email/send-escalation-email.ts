import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { mailAddress } from '../../model/formats.js';
import { email } from '../categories.js';
import { composeEscalation } from './compose.js';
import { ccList, facility } from './recipient-input.js';

/** The first version had an action a level. */
const levelAliases = Object.fromEntries(
  [1, 2, 3].flatMap((level) =>
    ['', '_real'].map(
      (end) => [`send_escalation_email_level${level}${end}`, { escalation_level: level }] as const,
    ),
  ),
);

/** Tells somebody above that a facility does not answer. */
export const sendEscalationEmail = ({ mail }: Pick<Connectors, 'mail'>): Action =>
  defineAction({
    ...email,
    id: 'send_escalation_email',
    name: 'Send escalation email',
    description:
      'Escalates by mail to a manager or an operations team, at level 1 to 3, when a facility does not answer or its answer is of no use.',
    icon: 'flag',
    effect: 'irreversible',
    keywords: ['escalate', 'escalation', 'manager', 'supervisor', 'no answer', 'no reply', 'urgent'],
    aliases: ['send_escalation_email_real', ...Object.keys(levelAliases)],
    aliasInputs: levelAliases,
    timeout: 'PT30S',
    input: z.strictObject({
      escalation_recipient: mailAddress.describe('Mail address of who is told.'),
      facility,
      escalation_level: z.int().min(1).max(3).describe('1 is the first level, 3 the highest.'),
      original_recipient: mailAddress.optional().describe('Whom the facility mail went to.'),
      reason: z.string().min(1).max(5000).optional(),
      cc_list: ccList,
    }),
    output: z.object({ messageId: z.string() }),
    example: {
      input: {
        escalation_recipient: 'ops@example.com',
        facility: 'Reno Yard',
        escalation_level: 1,
        original_recipient: 'dock@reno.example',
        reason: 'The answer cannot be read.',
      },
      output: { messageId: 'mail-3' },
    },
    handler: (input, context) =>
      mail.send(
        {
          to: [input.escalation_recipient],
          cc: input.cc_list ?? [],
          ...composeEscalation({
            facility: input.facility,
            level: input.escalation_level,
            originalRecipient: input.original_recipient,
            reason: input.reason,
          }),
        },
        context,
      ),
  });
