import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { email } from '../categories.js';

/** Marks mails as read. */
export const markEmailRead = ({ inbox }: Pick<Connectors, 'inbox'>): Action =>
  defineAction({
    ...email,
    id: 'mark_email_read',
    name: 'Mark email as read',
    description: 'Marks mails of the inbox as read, by the ids that the inbox check gave.',
    icon: 'check',
    effect: 'write',
    keywords: ['mark', 'read', 'seen', 'inbox'],
    timeout: 'PT30S',
    input: z.strictObject({
      messageIds: z.array(z.string().min(1)).max(500).describe('E.g. of emails[] of check_email_inbox.'),
    }),
    output: z.object({}),
    example: { input: { messageIds: ['mail-1-reply-1'] }, output: {} },
    handler: async ({ messageIds }, context) => {
      await inbox.markRead(messageIds, context);
      return {};
    },
  });
