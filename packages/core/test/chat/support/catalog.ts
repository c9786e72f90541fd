import { z } from 'zod';
import { defineAction } from '../../../src/catalog/action.js';
import { createCatalog } from '../../../src/catalog/catalog.js';

/** A small catalog: two actions that act, one that reads. */
export const catalog = createCatalog([
  defineAction({
    id: 'send_email',
    name: 'Send email',
    description: 'Sends a mail to a facility.',
    category: 'Email',
    icon: 'mail',
    effect: 'irreversible',
    keywords: ['mail', 'ask'],
    input: z.object({ to: z.string(), subject: z.string().optional() }),
    output: z.object({ messageId: z.string() }),
    handler: () => ({ messageId: 'm1' }),
  }),
  defineAction({
    id: 'check_inbox',
    name: 'Check inbox',
    description: 'Looks for replies.',
    category: 'Email',
    effect: 'read',
    input: z.object({ since_hours: z.number().optional() }),
    output: z.object({ hasReply: z.boolean() }),
    handler: () => ({ hasReply: false }),
  }),
  defineAction({
    id: 'notify_ops',
    name: 'Notify operations',
    description: 'Tells the operations team.',
    category: 'Notifications',
    effect: 'irreversible',
    aliases: ['notify_ops_real'],
    input: z.object({ message: z.string() }),
    output: z.object({ done: z.boolean() }),
    handler: () => ({ done: true }),
  }),
]);
