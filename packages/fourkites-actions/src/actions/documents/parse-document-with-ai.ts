import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import {
  fieldLabel,
  fieldNameSchema,
  parsedFieldsSchema,
  shipmentFieldNames,
} from '../../model/shipment-fields.js';
import { documents as documentsCategory } from '../categories.js';

/** Finds fields in the text of a document. */
export const parseDocumentWithAi = ({ parser }: Pick<Connectors, 'parser'>): Action =>
  defineAction({
    ...documentsCategory,
    id: 'parse_document_with_ai',
    name: 'Parse document with AI',
    description:
      'Finds fields in the text of a document with AI: BOL number, delivery date, carrier, tracking number, origin, destination, or others that you name. Comes after the text was extracted.',
    icon: 'sparkle',
    effect: 'read',
    keywords: ['parse', 'document', 'fields', 'extract', 'bol number', 'bill of lading', 'carrier', 'ai'],
    aliases: ['parse_document_with_ai_real'],
    timeout: 'PT2M',
    input: z.strictObject({
      document_text: z.string().max(1_000_000).describe('E.g. text of extract_document_text.'),
      extraction_fields: z
        .array(fieldNameSchema)
        .min(1)
        .max(50)
        .default([...shipmentFieldNames])
        .describe('Names of the fields to find.'),
      format: z.enum(['text', 'json']).default('text').describe('How formatted gives the fields.'),
    }),
    output: z.object({
      fields: parsedFieldsSchema,
      formatted: z.string().describe('The fields as lines for a mail, or as JSON.'),
    }),
    example: {
      input: {
        document_text: 'BILL OF LADING\nBOL number: BOL-481001',
        extraction_fields: ['bol_number', 'delivery_date'],
      },
      output: { fields: { bol_number: 'BOL-481001' }, formatted: 'BOL number: BOL-481001' },
    },
    handler: async ({ document_text, extraction_fields, format }, context) => {
      const { fields } = await parser.parse(document_text, extraction_fields, context);
      const formatted = format === 'json' ? JSON.stringify(fields) : lines(fields);
      return { fields, formatted };
    },
  });

const lines = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${capitalized(fieldLabel(name))}: ${value}`)
    .join('\n');

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
