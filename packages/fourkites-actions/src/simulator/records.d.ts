import { z } from 'zod';
/** A mail that was sent; `sentAt` is RFC 3339. */
export declare const sentMailSchema: z.ZodObject<
  {
    messageId: z.ZodString;
    threadId: z.ZodString;
    to: z.ZodArray<z.ZodString>;
    cc: z.ZodArray<z.ZodString>;
    subject: z.ZodString;
    text: z.ZodString;
    sentAt: z.ZodString;
  },
  z.core.$strip
>;
/** Everything that happens to the simulated far sides: a line of the file each. `key` is the caller's idempotency key. */
export declare const recordSchema: z.ZodDiscriminatedUnion<
  [
    z.ZodObject<
      {
        type: z.ZodLiteral<'opened'>;
        key: z.ZodString;
        day: z.ZodNumber;
      },
      z.core.$strip
    >,
    z.ZodObject<
      {
        type: z.ZodLiteral<'mail'>;
        key: z.ZodString;
        mail: z.ZodObject<
          {
            messageId: z.ZodString;
            threadId: z.ZodString;
            to: z.ZodArray<z.ZodString>;
            cc: z.ZodArray<z.ZodString>;
            subject: z.ZodString;
            text: z.ZodString;
            sentAt: z.ZodString;
          },
          z.core.$strip
        >;
      },
      z.core.$strip
    >,
    z.ZodObject<
      {
        type: z.ZodLiteral<'read'>;
        key: z.ZodString;
        messageIds: z.ZodArray<z.ZodString>;
      },
      z.core.$strip
    >,
    z.ZodObject<
      {
        type: z.ZodLiteral<'equipment'>;
        key: z.ZodString;
        shipmentId: z.ZodString;
        previous: z.ZodObject<
          {
            tractorNumber: z.ZodNullable<z.ZodString>;
            trailerNumber: z.ZodNullable<z.ZodString>;
          },
          z.core.$strip
        >;
        current: z.ZodObject<
          {
            tractorNumber: z.ZodNullable<z.ZodString>;
            trailerNumber: z.ZodNullable<z.ZodString>;
          },
          z.core.$strip
        >;
      },
      z.core.$strip
    >,
    z.ZodObject<
      {
        type: z.ZodLiteral<'appointment'>;
        key: z.ZodString;
        shipmentId: z.ZodString;
        stopSequence: z.ZodNumber;
        previous: z.ZodString;
        current: z.ZodString;
      },
      z.core.$strip
    >,
    z.ZodObject<
      {
        type: z.ZodLiteral<'note'>;
        key: z.ZodString;
        noteId: z.ZodString;
        shipmentId: z.ZodString;
        text: z.ZodString;
      },
      z.core.$strip
    >,
    z.ZodObject<
      {
        type: z.ZodLiteral<'post'>;
        key: z.ZodString;
        url: z.ZodString;
        body: z.ZodUnknown;
        headers: z.ZodRecord<z.ZodString, z.ZodString>;
      },
      z.core.$strip
    >,
    z.ZodObject<
      {
        type: z.ZodLiteral<'log'>;
        key: z.ZodString;
        runId: z.ZodString;
        stepId: z.ZodString;
        message: z.ZodString;
        data: z.ZodRecord<z.ZodString, z.ZodUnknown>;
      },
      z.core.$strip
    >,
  ],
  'type'
>;
export type SentMail = z.infer<typeof sentMailSchema>;
export type SimulatorRecord = z.infer<typeof recordSchema>;
/** The records of one type. */
export type RecordOf<T extends SimulatorRecord['type']> = Extract<
  SimulatorRecord,
  {
    type: T;
  }
>;
