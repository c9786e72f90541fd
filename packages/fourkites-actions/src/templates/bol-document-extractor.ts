import type { Definition } from '@fk-workflow/core';

/** Reads the bills of lading that came by mail and mails what stands in them. */
export const bolDocumentExtractor: Definition = {
  id: 'bol-document-extractor',
  name: 'BOL document extractor',
  description:
    'Looks for mails with attachments, reads each document, finds the BOL fields in it and mails them to a colleague.',
  trigger: { kind: 'manual' },
  inputs: {
    type: 'object',
    required: ['recipient_email'],
    properties: {
      recipient_email: { type: 'string', format: 'email', description: 'Who gets the fields.' },
      since_hours: { type: 'number', default: 24, description: 'How far back to look for mails.' },
    },
  },
  steps: [
    {
      id: 'inbox',
      kind: 'action',
      action: 'check_email_inbox',
      title: 'Look for mails',
      input: { since_hours: '${{ inputs.since_hours }}' },
    },
    {
      id: 'mails',
      kind: 'forEach',
      title: 'For each mail',
      items: '${{ steps.inbox.output.emails }}',
      as: 'mail',
      steps: [
        {
          id: 'attachments',
          kind: 'forEach',
          title: 'For each attachment',
          items: '${{ mail.attachments }}',
          as: 'attachment',
          steps: [
            {
              id: 'extract',
              kind: 'action',
              action: 'extract_document_text',
              title: 'Read the document',
              input: { attachment: '${{ attachment.id }}' },
            },
            {
              id: 'parse',
              kind: 'action',
              action: 'parse_document_with_ai',
              title: 'Find the BOL fields',
              input: { document_text: '${{ steps.extract.output.text }}' },
            },
            {
              id: 'send',
              kind: 'action',
              action: 'notify_internal_users',
              title: 'Mail the fields',
              input: {
                recipients: ['${{ inputs.recipient_email }}'],
                message:
                  'From ${{ mail.from }}, ${{ attachment.name }}:\n\n${{ steps.parse.output.formatted }}',
              },
            },
          ],
        },
      ],
    },
  ],
};
