import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { emailFilterShape, emailSchema } from '../../model/email.js';
import { email } from '../categories.js';

/** Looks into the inbox. */
export const checkEmailInbox = ({ inbox }: Pick<Connectors, 'inbox'>): Action =>
  defineAction({
    ...email,
    id: 'check_email_inbox',
    name: 'Check email inbox',
    description:
      'Looks for answers in the inbox by subject, sender and age. hasReply says whether one of them answers a mail we sent; email_body is the text of the newest one.',
    icon: 'inbox',
    effect: 'read',
    keywords: ['inbox', 'check', 'reply', 'replied', 'answer', 'response', 'gmail', 'received'],
    aliases: ['check_email_inbox_real', 'check_gmail_inbox', 'check_gmail_inbox_real'],
    timeout: 'PT30S',
    input: z.strictObject(emailFilterShape),
    output: z.object({
      emails: z.array(emailSchema).describe('Newest first.'),
      hasReply: z.boolean().describe('True when one of them answers a mail that a workflow sent.'),
      email_body: z.string().describe('Text of the newest one, empty when there is none.'),
    }),
    example: {
      input: { from_filter: 'dock@chicago.example', since_hours: 48 },
      output: {
        emails: [
          {
            messageId: 'mail-1-reply-1',
            threadId: 'mail-1',
            from: 'dock@chicago.example',
            to: ['workflows@fourkites.example'],
            subject: 'Re: Shipment information needed: FK-1002',
            body: 'BOL number: BOL-481002',
            receivedAt: '2030-01-31T06:00:00.000Z',
            isRead: false,
            isReply: true,
            attachments: [{ id: 'mail-1-reply-1/bill-of-lading.pdf', name: 'bill-of-lading.pdf' }],
          },
        ],
        hasReply: true,
        email_body: 'BOL number: BOL-481002',
      },
    },
    handler: async ({ subject_filter, from_filter, since_hours }, context) => {
      const emails = await inbox.search(
        { subject: subject_filter, from: from_filter, withinHours: since_hours },
        context,
      );
      return {
        emails,
        hasReply: emails.some(({ isReply }) => isReply),
        email_body: emails[0]?.body ?? '',
      };
    },
  });
