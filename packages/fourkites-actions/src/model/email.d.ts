import { z } from 'zod';
/** A mail in the inbox. */
export declare const emailSchema: z.ZodObject<
  {
    messageId: z.ZodString;
    threadId: z.ZodString;
    from: z.ZodString;
    to: z.ZodArray<z.ZodString>;
    subject: z.ZodString;
    body: z.ZodString;
    receivedAt: z.ZodString;
    isRead: z.ZodBoolean;
    isReply: z.ZodBoolean;
    attachments: z.ZodArray<
      z.ZodObject<
        {
          id: z.ZodString;
          name: z.ZodString;
        },
        z.core.$strip
      >
    >;
  },
  z.core.$strip
>;
/** Which mails to look for, as three fields of an action's input. */
export declare const emailFilterShape: {
  subject_filter: z.ZodOptional<z.ZodString>;
  from_filter: z.ZodOptional<z.ZodString>;
  since_hours: z.ZodOptional<z.ZodNumber>;
};
export type Email = z.infer<typeof emailSchema>;
