import type { Definition } from '@fk-workflow/core';

/** Tells the operations team, every hour, of shipments that are late. */
export const delayedShipmentAlert: Definition = {
  id: 'delayed-shipment-alert',
  name: 'Delayed shipment alert',
  description: 'Every hour: looks for shipments that are late, and alerts the operations team of each.',
  trigger: { kind: 'schedule', cron: '0 * * * *', timeZone: 'UTC' },
  inputs: {
    type: 'object',
    properties: {
      recipients: {
        type: 'array',
        items: { type: 'string', format: 'email' },
        default: ['ops@example.com'],
        description: 'Who is told.',
      },
      min_delay_minutes: { type: 'integer', minimum: 0, default: 60, description: 'From which delay on.' },
    },
  },
  steps: [
    {
      id: 'late',
      kind: 'action',
      action: 'find_shipments',
      title: 'Find late shipments',
      input: { filter: { status: 'late', minDelayMinutes: '${{ inputs.min_delay_minutes }}' } },
    },
    {
      id: 'each',
      kind: 'forEach',
      title: 'For each late shipment',
      items: '${{ steps.late.output.shipments }}',
      as: 'shipment',
      steps: [
        {
          id: 'alert',
          kind: 'action',
          action: 'notify_internal_users',
          title: 'Alert the team',
          input: {
            recipients: '${{ inputs.recipients }}',
            severity: 'warning',
            message:
              '${{ shipment.shipmentId }} to ${{ shipment.facility }} (${{ shipment.carrier }}) is ${{ shipment.delayMinutes }} minutes late: expected ${{ shipment.eta }}, appointment ${{ shipment.appointment }}.',
          },
        },
      ],
    },
  ],
};
