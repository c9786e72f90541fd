import { type Action, actionFailure, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import type { DocumentSource } from '../../connectors/document-reader.js';
import { documents as documentsCategory } from '../categories.js';

/** Reads the text of a document. Fails with `document_not_found` or `page_not_found`; neither is retried. */
export const extractDocumentText = ({ documents }: Pick<Connectors, 'documents'>): Action =>
  defineAction({
    ...documentsCategory,
    id: 'extract_document_text',
    name: 'Extract document text',
    description:
      'Reads the text of a document (PDF, DOCX, TXT) from a path or from an attachment of a mail, all of it or some pages.',
    icon: 'file',
    effect: 'read',
    keywords: [
      'document',
      'pdf',
      'docx',
      'text',
      'extract',
      'attachment',
      'ocr',
      'bol',
      'bill of lading',
      'pages',
    ],
    aliases: ['extract_document_text_real'],
    timeout: 'PT2M',
    input: z
      .strictObject({
        document_path: z.string().min(1).max(1000).optional().describe('E.g. bol/FK-1001.pdf.'),
        attachment: z
          .string()
          .min(1)
          .max(1000)
          .optional()
          .describe('Id of an attachment, from emails[].attachments[].id of check_email_inbox.'),
        page_numbers: z.array(z.int().min(1)).min(1).max(500).optional().describe('From 1. Default: all.'),
      })
      .refine(
        ({ document_path, attachment }) => (document_path === undefined) !== (attachment === undefined),
        {
          error: 'give either document_path or attachment',
        },
      ),
    output: z.object({
      text: z.string().describe('The pages’ text, in order, an empty line between two pages.'),
      pages: z.int().min(0).describe('How many pages the document has.'),
    }),
    example: {
      input: { document_path: 'bol/FK-1001.pdf', page_numbers: [1] },
      output: { text: 'BILL OF LADING\nBOL number: BOL-481001', pages: 2 },
    },
    handler: async ({ document_path, attachment, page_numbers }, context) => {
      const pages = await documents.pages(sourceOf(document_path, attachment), context);
      const wanted = page_numbers ?? pages.map((_, index) => index + 1);
      return { text: wanted.map((number) => pageOf(pages, number)).join('\n\n'), pages: pages.length };
    },
  });

const sourceOf = (path: string | undefined, attachment: string | undefined): DocumentSource =>
  path === undefined ? { kind: 'attachment', id: attachment ?? '' } : { kind: 'path', path };

const pageOf = (pages: readonly string[], number: number): string => {
  const page = pages[number - 1];
  if (page !== undefined) return page;
  throw actionFailure('page_not_found', `The document has ${pages.length} pages, so no page ${number}.`, {
    retryable: false,
  });
};
