import type { Draft } from '@fk-workflow/core/protocol';

const ref = (expression: string): string => `$\{{ ${expression} }}`;

/** Every kind of step in one definition, with a problem at a step and a warning about none. */
export const kinds: Draft = {
  revision: 4,
  problems: [
    {
      ...{ code: 'missing_input', severity: 'error', path: '/steps/1/steps/0', stepId: 'mail_each' },
      message: 'Say who gets the mail.',
    },
    {
      code: 'unused_input',
      severity: 'warning',
      path: '/inputs',
      message: 'The input “region” is not used.',
    },
  ],
  definition: {
    id: 'kinds',
    name: 'Every kind of step',
    trigger: { kind: 'schedule', cron: '0 8 * * 1-5', timeZone: 'Europe/Berlin' },
    steps: [
      {
        ...{
          id: 'eta',
          kind: 'action',
          action: 'get_shipment_eta',
          input: { shipment: ref('inputs.shipment') },
        },
        onError: { steps: [{ id: 'halt', kind: 'stop', outcome: 'failed', reason: 'No ETA.' }] },
      },
      {
        ...{ id: 'each', kind: 'forEach', items: ref('steps.eta.output.shipments'), as: 'shipment' },
        steps: [{ id: 'mail_each', kind: 'action', action: 'send_initial_email' }],
      },
      {
        ...{ id: 'both', kind: 'parallel' },
        branches: [
          {
            title: 'Tell operations',
            steps: [{ id: 'tell', kind: 'action', action: 'notify_internal_users' }],
          },
          { steps: [{ id: 'reply', kind: 'wait', signal: 'reply', timeout: 'P2D' }] },
        ],
      },
      {
        ...{ id: 'again', kind: 'repeat', max: 5, until: ref('steps.look.output.hasReply') },
        steps: [{ id: 'look', kind: 'action', action: 'check_email_inbox' }],
      },
      {
        ...{ id: 'late', kind: 'branch' },
        cases: [
          {
            when: ref('steps.eta.output.delay_minutes > 120'),
            steps: [{ id: 'ok', kind: 'approval', title: 'Escalate?', approvers: ['ops@example.com'] }],
          },
        ],
        otherwise: [{ id: 'report', kind: 'workflow', workflow: 'weekly-report', version: 3 }],
      },
      { id: 'total', kind: 'set', values: { total: ref('size(steps.each.output)') } },
    ],
  },
};
