import { z } from 'zod';
import { timestamp } from './formats.js';

/** A mail in the inbox. */
export const emailSchema = z.object({
  messageId: z.string(),
  threadId: z.string().describe('Equal to the threadId of the mail it answers.'),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  body: z.string().describe('Plain text.'),
  receivedAt: timestamp,
  isRead: z.boolean(),
  isReply: z.boolean().describe('True when it answers a mail that a workflow sent.'),
  attachments: z.array(
    z.object({ id: z.string().describe('What extract_document_text takes.'), name: z.string() }),
  ),
});

/** Which mails to look for, as three fields of an action's input. */
export const emailFilterShape = {
  subject_filter: z.string().optional().describe('Part of the subject, in any case.'),
  from_filter: z.string().optional().describe('Part of the sender’s address, in any case.'),
  since_hours: z
    .number()
    .positive()
    .max(24 * 365)
    .optional()
    .describe('Only mails received in the last so many hours. Without it mails of any age.'),
};

export type Email = z.infer<typeof emailSchema>;
