import type { ActionListing, ActionsAnswer, Definition, Draft } from '@fk-workflow/core/protocol';

const action = (
  id: string,
  name: string,
  category: string,
  effect: ActionListing['effect'],
  icon = '',
): ActionListing => ({
  ...{ id, name, category, effect, icon, description: `${name}.`, color: '', action_count: 1 },
  ...{ config_fields: [], branches: [], input_schema: { type: 'object' }, output_schema: {} },
});

/** A small catalog. */
export const actions: ActionsAnswer = {
  total: 6,
  categories: {
    Shipments: [action('get_shipment_eta', 'Get shipment ETA', 'Shipments', 'read')],
    Email: [
      action('send_initial_email', 'Send initial email', 'Email', 'irreversible', 'mail'),
      action('send_escalation_email', 'Send escalation email', 'Email', 'irreversible', 'mail'),
      action('check_email_inbox', 'Check email inbox', 'Email', 'read', 'inbox'),
    ],
    Utility: [action('log_workflow_action', 'Log workflow action', 'Utility', 'write')],
    Notifications: [
      action('notify_internal_users', 'Notify internal users', 'Notifications', 'irreversible'),
    ],
  },
};

const ref = (expression: string): string => `$\{{ ${expression} }}`;

/** The definition of the design notes: mail, wait, look, then end or escalate after an approval. */
export const definition: Definition = {
  id: 'late-delivery-notifier',
  name: 'Late delivery notifier',
  description: 'Mails the facility, waits two days, escalates when nobody answers.',
  inputs: {
    type: 'object',
    required: ['facility', 'facility_email'],
    properties: {
      facility: { type: 'string', description: 'As it is called in the mail.' },
      facility_email: { type: 'string', format: 'email' },
      shipment_ids: { type: 'array', items: { type: 'string' } },
      urgent: { type: 'boolean', default: false },
      severity: { enum: ['low', 'high'], default: 'low' },
      hours: { type: 'integer', default: 48 },
      since: { type: 'string', format: 'date' },
    },
  },
  steps: [
    {
      ...{ id: 'ask', kind: 'action', action: 'send_initial_email', title: 'Ask the facility' },
      input: {
        recipient_email: ref('inputs.facility_email'),
        facility: ref('inputs.facility'),
        custom_subject: `Status of ${ref('inputs.facility')}`,
        email_template: 'shipment_info_request',
        cc_list: ['ops@example.com', 'desk@example.com'],
      },
    },
    { id: 'pause', kind: 'wait', duration: 'PT48H' },
    { id: 'inbox', kind: 'action', action: 'check_email_inbox', input: { since_hours: 48 } },
    {
      ...{ id: 'answered', kind: 'branch', title: 'Did they answer?' },
      cases: [
        {
          when: ref('steps.inbox.output.hasReply'),
          steps: [{ id: 'done', kind: 'stop', outcome: 'succeeded', reason: 'They answered.' }],
        },
      ],
      otherwise: [
        { id: 'ok', kind: 'approval', title: 'Escalate?', message: 'Nobody answered.', timeout: 'P1D' },
        {
          ...{ id: 'escalate', kind: 'action', action: 'send_escalation_email' },
          input: {
            escalation_recipient: 'ops@example.com',
            facility: ref('inputs.facility'),
            escalation_level: 1,
          },
        },
      ],
    },
    { id: 'note', kind: 'action', action: 'log_workflow_action', input: { message: 'Escalated' } },
  ],
};

/** The definition as a draft without problems. */
export const draft: Draft = { definition, revision: 1, problems: [] };

/** A workflow that needs nothing to run. */
export const plain: Draft = {
  revision: 1,
  problems: [],
  definition: {
    id: 'plain',
    name: 'Plain',
    steps: [
      { id: 'look', kind: 'action', action: 'check_email_inbox' },
      { id: 'ok', kind: 'approval', title: 'Go on?', message: 'The inbox is empty.' },
      { id: 'log', kind: 'action', action: 'log_workflow_action', input: { message: 'Done' } },
    ],
  },
};
