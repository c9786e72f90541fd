import type { Definition } from '../../../../src/workflow/definition.js';

/** A draft as the planner makes it: mail (1), wait (2), inbox (3), branch (4) with approval (5) and escalation (6). */
export const chase: Definition = {
  id: 'chase',
  name: 'Chase the facility',
  inputs: {
    type: 'object',
    properties: { recipient_email: { type: 'string', format: 'email' }, facility: { type: 'string' } },
    required: ['recipient_email', 'facility'],
  },
  steps: [
    {
      id: 'initial_email',
      kind: 'action',
      action: 'send_initial_email',
      title: 'Mail the facility',
      input: { recipient_email: '${{ inputs.recipient_email }}', facility: '${{ inputs.facility }}' },
    },
    { id: 'wait', kind: 'wait', duration: 'PT48H' },
    { id: 'email_inbox', kind: 'action', action: 'check_email_inbox', title: 'Check the inbox' },
    {
      id: 'no_reply',
      kind: 'branch',
      title: 'No reply?',
      cases: [
        {
          when: '${{ !steps.email_inbox.output.hasReply }}',
          title: 'No reply',
          steps: [
            { id: 'approval', kind: 'approval', title: 'Ask the manager to approve' },
            {
              id: 'escalation_email',
              kind: 'action',
              action: 'send_escalation_email',
              input: {
                escalation_recipient: 'boss@example.com',
                facility: '${{ inputs.facility }}',
                escalation_level: 1,
              },
            },
          ],
        },
      ],
    },
  ],
};
