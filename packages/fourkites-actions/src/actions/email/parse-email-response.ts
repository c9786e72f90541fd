import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { emailFilterShape } from '../../model/email.js';
import { fieldNameSchema, parsedFieldsSchema, requestedFields } from '../../model/shipment-fields.js';
import { email } from '../categories.js';

const completenessSchema = z.enum(['complete', 'partial', 'incomplete']);

/** Judges a facility's answer: what it holds, what it lacks. */
export const parseEmailResponse = ({ inbox, parser }: Pick<Connectors, 'inbox' | 'parser'>): Action =>
  defineAction({
    ...email,
    id: 'parse_email_response',
    name: 'Parse email response',
    description:
      'Reads a facility’s answer with AI: finds the fields, and says whether it is complete, partial or incomplete, what is missing and whether it is gibberish. Takes the text of a mail, or fetches the newest one that fits the filters. Branch on completeness afterwards.',
    icon: 'sparkle',
    effect: 'read',
    keywords: [
      'parse',
      'read',
      'understand',
      'analyze',
      'response',
      'complete',
      'partial',
      'gibberish',
      'ai',
    ],
    aliases: ['parse_email_response_real'],
    branches: ['complete', 'partial', 'incomplete/gibberish'],
    timeout: 'PT2M',
    input: z
      .strictObject({
        email_body: z
          .string()
          .max(200_000)
          .optional()
          .describe('Text of the mail, e.g. email_body of check_email_inbox; empty is no answer.'),
        auto_fetch: z
          .boolean()
          .default(true)
          .describe('Without email_body: take the newest mail of the inbox that fits the filters.'),
        ...emailFilterShape,
        expected_fields: z
          .array(fieldNameSchema)
          .min(1)
          .max(50)
          .default([...requestedFields])
          .describe('What a complete answer holds.'),
      })
      .refine(({ email_body, auto_fetch }) => email_body !== undefined || auto_fetch, {
        error: 'give email_body, or leave auto_fetch on',
      }),
    output: z.object({
      completeness: completenessSchema,
      is_gibberish: z.boolean(),
      fields: parsedFieldsSchema,
      missing_fields: z.array(z.string()),
    }),
    example: {
      input: { email_body: 'BOL: BOL-481002\nCarrier: Prairie Star Freight' },
      output: {
        completeness: 'partial',
        is_gibberish: false,
        fields: { bol_number: 'BOL-481002', carrier_name: 'Prairie Star Freight' },
        missing_fields: ['delivery_date', 'tracking_number'],
      },
    },
    handler: async (input, context) => {
      const fetchBody = async (): Promise<string> => {
        const { subject_filter, from_filter, since_hours } = input;
        const filter = { subject: subject_filter, from: from_filter, withinHours: since_hours };
        const [newest] = await inbox.search(filter, context);
        return newest?.body ?? '';
      };
      const text = input.email_body ?? (await fetchBody());
      const { fields, isGibberish } = await parser.parse(text, input.expected_fields, context);
      return {
        ...completenessOf(fields, input.expected_fields),
        is_gibberish: isGibberish,
        fields,
      };
    },
  });

const completenessOf = (
  fields: Readonly<Record<string, string>>,
  expected: readonly string[],
): { completeness: z.infer<typeof completenessSchema>; missing_fields: string[] } => {
  const missing = expected.filter((name) => !Object.hasOwn(fields, name));
  if (missing.length === 0) return { completeness: 'complete', missing_fields: [] };
  const completeness = missing.length < expected.length ? 'partial' : 'incomplete';
  return { completeness, missing_fields: missing };
};
