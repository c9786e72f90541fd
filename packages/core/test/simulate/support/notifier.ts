import { z } from 'zod';
import { defineAction } from '../../../src/catalog/action.js';
import { createCatalog } from '../../../src/catalog/catalog.js';
import type { Effect } from '../../../src/workflow/action-spec.js';
import type { Definition } from '../../../src/workflow/definition.js';

/** Handlers that were called: a simulation leaves it empty. */
export const called: string[] = [];

const action = (
  id: string,
  effect: Effect,
  output: z.ZodType,
  example?: { readonly input: object; readonly output: unknown },
) =>
  defineAction({
    id,
    name: id,
    description: id,
    category: 'Test',
    effect,
    input: z.object({}).loose(),
    output,
    ...(example ? { example: { input: {}, output: example.output } } : {}),
    handler: () => {
      called.push(id);
      throw new Error(`The handler of ${id} was called.`);
    },
  });

/** The notifier's actions, with handlers that must not be called. */
export const catalog = createCatalog([
  action('send_initial_email', 'irreversible', z.object({ messageId: z.string() }), {
    input: {},
    output: { messageId: 'mail-1' },
  }),
  action('check_email_inbox', 'read', z.object({ hasReply: z.boolean() })),
  action('send_escalation_email', 'irreversible', z.object({ messageId: z.string() })),
]);

/** The example of the language's documentation. */
export const notifier: Definition = {
  id: 'late-delivery-notifier',
  name: 'Late delivery notifier',
  inputs: {
    type: 'object',
    required: ['facility', 'facility_email'],
    properties: { facility: { type: 'string' }, facility_email: { type: 'string', format: 'email' } },
  },
  config: { timeout: 'P14D', onFailure: 'compensate' },
  steps: [
    {
      id: 'ask',
      kind: 'action',
      action: 'send_initial_email',
      input: {
        recipient_email: '${{ inputs.facility_email }}',
        facility: '${{ inputs.facility }}',
        custom_subject: 'Status of ${{ inputs.facility }}',
      },
    },
    { id: 'pause', kind: 'wait', duration: 'PT48H' },
    { id: 'inbox', kind: 'action', action: 'check_email_inbox', input: { since_hours: 48 } },
    {
      id: 'answered',
      kind: 'branch',
      cases: [
        {
          when: '${{ steps.inbox.output.hasReply }}',
          steps: [{ id: 'done', kind: 'stop', outcome: 'succeeded' }],
        },
      ],
      otherwise: [
        { id: 'ok', kind: 'approval', title: 'Escalate?', timeout: 'P1D', onTimeout: 'approved' },
        {
          id: 'escalate',
          kind: 'action',
          action: 'send_escalation_email',
          input: {
            escalation_recipient: 'ops@example.com',
            facility: '${{ inputs.facility }}',
            escalation_level: 1,
          },
        },
      ],
    },
  ],
};

/** An input of {@link notifier}. */
export const input = { facility: 'Kiel', facility_email: 'dock@kiel.example' };
