import type { Definition } from '@fk-workflow/core';

/** Moves an appointment once a person has approved it. */
export const appointmentReschedule: Definition = {
  id: 'appointment-reschedule-with-approval',
  name: 'Appointment reschedule with approval',
  description:
    'Reads how late a shipment is, asks for approval to move its appointment, moves it, notes it and tells the facility.',
  trigger: { kind: 'manual' },
  inputs: {
    type: 'object',
    required: ['shipment_id', 'stop_sequence', 'appointment', 'facility', 'facility_email'],
    properties: {
      shipment_id: { type: 'string' },
      stop_sequence: { type: 'integer', minimum: 1, description: 'Number of the stop, from 1.' },
      appointment: { type: 'string', format: 'date-time', description: 'The new time.' },
      facility: { type: 'string', description: 'Name of the facility.' },
      facility_email: { type: 'string', format: 'email', description: 'Mail address of the facility.' },
    },
  },
  steps: [
    {
      id: 'eta',
      kind: 'action',
      action: 'get_shipment_eta',
      input: { shipmentId: '${{ inputs.shipment_id }}', stopSequence: '${{ inputs.stop_sequence }}' },
    },
    {
      id: 'approve',
      kind: 'approval',
      title: 'Move the appointment?',
      message:
        '${{ inputs.shipment_id }} is ${{ steps.eta.output.delayMinutes }} minutes late. Move its appointment from ${{ steps.eta.output.appointment }} to ${{ inputs.appointment }}?',
      timeout: 'P1D',
    },
    {
      id: 'move',
      kind: 'action',
      action: 'update_stop_appointment',
      title: 'Move the appointment',
      input: {
        shipmentId: '${{ inputs.shipment_id }}',
        stopSequence: '${{ inputs.stop_sequence }}',
        appointment: '${{ inputs.appointment }}',
      },
    },
    {
      id: 'note',
      kind: 'action',
      action: 'add_shipment_note',
      title: 'Note the change',
      input: {
        shipmentId: '${{ inputs.shipment_id }}',
        text: 'Appointment moved from ${{ steps.move.output.previous }} to ${{ steps.move.output.current }}.',
      },
    },
    {
      id: 'tell',
      kind: 'action',
      action: 'send_initial_email',
      title: 'Tell the facility',
      input: {
        recipient_email: '${{ inputs.facility_email }}',
        facility: '${{ inputs.facility }}',
        shipment_id: '${{ inputs.shipment_id }}',
        custom_subject: 'New appointment of ${{ inputs.shipment_id }}',
        custom_message: 'The appointment is now ${{ steps.move.output.current }}.',
      },
    },
  ],
};
