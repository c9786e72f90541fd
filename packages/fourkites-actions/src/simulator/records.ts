import { z } from 'zod';

const equipmentSchema = z.object({
  tractorNumber: z.string().nullable(),
  trailerNumber: z.string().nullable(),
});

/** A mail that was sent; `sentAt` is RFC 3339. */
export const sentMailSchema = z.object({
  messageId: z.string(),
  threadId: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  sentAt: z.string(),
});

/** Everything that happens to the simulated far sides: a line of the file each. `key` is the caller's idempotency key. */
export const recordSchema = z.discriminatedUnion('type', [
  /** The first one. `day`: the midnight (ms) around which the shipments were made. */
  z.object({ type: z.literal('opened'), key: z.string(), day: z.number() }),
  z.object({ type: z.literal('mail'), key: z.string(), mail: sentMailSchema }),
  z.object({ type: z.literal('read'), key: z.string(), messageIds: z.array(z.string()) }),
  z.object({
    type: z.literal('equipment'),
    key: z.string(),
    shipmentId: z.string(),
    previous: equipmentSchema,
    current: equipmentSchema,
  }),
  z.object({
    type: z.literal('appointment'),
    key: z.string(),
    shipmentId: z.string(),
    stopSequence: z.number(),
    previous: z.string(),
    current: z.string(),
  }),
  z.object({
    type: z.literal('note'),
    key: z.string(),
    noteId: z.string(),
    shipmentId: z.string(),
    text: z.string(),
  }),
  z.object({
    type: z.literal('post'),
    key: z.string(),
    url: z.string(),
    body: z.unknown(),
    headers: z.record(z.string(), z.string()),
  }),
  z.object({
    type: z.literal('log'),
    key: z.string(),
    runId: z.string(),
    stepId: z.string(),
    message: z.string(),
    data: z.record(z.string(), z.unknown()),
  }),
]);

export type SentMail = z.infer<typeof sentMailSchema>;
export type SimulatorRecord = z.infer<typeof recordSchema>;
/** The records of one type. */
export type RecordOf<T extends SimulatorRecord['type']> = Extract<SimulatorRecord, { type: T }>;
