import type { Definition } from '@fk-workflow/core';

/** Mails the facility, waits, reads the answer, chases once, escalates. */
export const lateDeliveryNotifier: Definition = {
  id: 'late-delivery-notifier',
  name: 'Late delivery notifier',
  description:
    'Mails the facility about a shipment, waits 48 hours, reads its answer, chases what is missing and escalates when the answer is of no use.',
  trigger: { kind: 'manual' },
  inputs: {
    type: 'object',
    required: ['facility', 'facility_email', 'escalation_email', 'shipment_id'],
    properties: {
      facility: { type: 'string', description: 'Name of the facility.' },
      facility_email: { type: 'string', format: 'email', description: 'Mail address of the facility.' },
      escalation_email: {
        type: 'string',
        format: 'email',
        description: 'Who is told when there is no answer.',
      },
      shipment_id: { type: 'string', description: 'The shipment it is about.' },
    },
  },
  steps: [
    {
      id: 'ask',
      kind: 'action',
      action: 'send_initial_email',
      title: 'Ask the facility',
      input: {
        recipient_email: '${{ inputs.facility_email }}',
        facility: '${{ inputs.facility }}',
        shipment_id: '${{ inputs.shipment_id }}',
        email_template: 'delivery_delay_notice',
      },
    },
    { id: 'pause', kind: 'wait', duration: 'PT48H' },
    {
      id: 'inbox',
      kind: 'action',
      action: 'check_email_inbox',
      title: 'Look for the answer',
      input: { from_filter: '${{ inputs.facility_email }}', since_hours: 48 },
    },
    {
      id: 'answer',
      kind: 'action',
      action: 'parse_email_response',
      title: 'Read the answer',
      input: { email_body: '${{ steps.inbox.output.email_body }}' },
    },
    {
      id: 'judge',
      kind: 'branch',
      title: 'Is the answer complete?',
      cases: [
        {
          title: 'Complete',
          when: '${{ steps.answer.output.completeness == "complete" }}',
          steps: [
            {
              id: 'record',
              kind: 'action',
              action: 'log_workflow_action',
              title: 'Record the answer',
              input: {
                message: '${{ inputs.facility }} answered completely.',
                data: { fields: '${{ steps.answer.output.fields }}' },
              },
            },
          ],
        },
        {
          title: 'Partial',
          when: '${{ steps.answer.output.completeness == "partial" }}',
          steps: [
            {
              id: 'chase',
              kind: 'action',
              action: 'send_followup_email',
              title: 'Chase what is missing',
              input: {
                recipient_email: '${{ inputs.facility_email }}',
                facility: '${{ inputs.facility }}',
                missing_fields: '${{ steps.answer.output.missing_fields }}',
              },
            },
          ],
        },
      ],
      otherwise: [
        {
          id: 'escalate',
          kind: 'action',
          action: 'send_escalation_email',
          title: 'Escalate',
          input: {
            escalation_recipient: '${{ inputs.escalation_email }}',
            facility: '${{ inputs.facility }}',
            escalation_level: 1,
            original_recipient: '${{ inputs.facility_email }}',
            reason: 'there is no usable answer about ${{ inputs.shipment_id }} after 48 hours.',
          },
        },
      ],
    },
  ],
};
