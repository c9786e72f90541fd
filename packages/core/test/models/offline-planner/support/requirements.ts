/** Requirement, the steps it becomes, and the inputs a run asks for. */
export const logisticsRequirements: readonly (readonly [
  requirement: string,
  steps: string,
  asked: string,
])[] = [
  [
    'I need to send an email, wait 48 hours, check for response, and escalate if no reply',
    'send_initial_email > wait PT48H > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_escalation_email)',
    'recipient_email facility escalation_recipient escalation_level',
  ],
  [
    'mail the facility, wait 48 hours, chase once, then escalate',
    'send_initial_email > wait PT48H > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_followup_email > wait PT48H > check_email_inbox > branch(!steps.email_inbox_2.output.hasReply: send_escalation_email))',
    'recipient_email facility missing_fields escalation_recipient escalation_level',
  ],
  [
    'Check the ETA of FK-1002 and if it is more than 60 minutes late, notify ops@example.com',
    'get_shipment_eta > branch(steps.shipment_eta.output.delayMinutes > 60: notify_internal_users)',
    '',
  ],
  [
    'Every weekday at 8 in Europe/Berlin, for each late shipment notify ops@example.com',
    'find_shipments > each steps.shipments.output.shipments(notify_internal_users)',
    '',
  ],
  [
    'Send an email to dock@chicago.example, wait two days, check the inbox, parse the response; if complete, log it; if partial, send a follow-up; otherwise escalate to boss@example.com at level 2',
    'send_initial_email > wait P2D > check_email_inbox > parse_email_response > branch(steps.parse_email_response.output.completeness == "complete": log_workflow_action | steps.parse_email_response.output.completeness == "partial": send_followup_email | else: send_escalation_email)',
    'facility',
  ],
  [
    'Email the facility, wait 2 days and if there is no reply escalate',
    'send_initial_email > wait P2D > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_escalation_email)',
    'recipient_email facility escalation_recipient escalation_level',
  ],
  [
    'Get the location of FK-1001 and post it to https://example.com/hook',
    'get_shipment_location > post_to_webhook',
    '',
  ],
  [
    'mail the facility, wait 48 hours, chase up to 3 times, then escalate',
    'send_initial_email > wait PT48H > check_email_inbox > branch(!steps.email_inbox.output.hasReply: repeat 3 until steps.email_inbox_2.output.hasReply(send_followup_email > wait PT48H > check_email_inbox) > branch(!steps.email_inbox_2.output.hasReply: send_escalation_email))',
    'recipient_email facility missing_fields escalation_recipient escalation_level',
  ],
  [
    'Extract the text of the bill of lading, parse it and notify ops@example.com',
    'extract_document_text > parse_document_with_ai > notify_internal_users',
    'document_path',
  ],
  [
    'Reschedule the appointment of FK-1003 but ask the manager to approve before that',
    'approval > update_stop_appointment',
    'stopSequence appointment',
  ],
  [
    'In parallel, notify ops@example.com and log it',
    'parallel(notify_internal_users | log_workflow_action)',
    '',
  ],
  [
    '1. Find late shipments\n2. For each shipment, get the ETA and notify ops@example.com',
    'find_shipments > each steps.shipments.output.shipments(get_shipment_eta > notify_internal_users)',
    '',
  ],
  [
    'Ask me to approve before escalating to boss@example.com',
    'approval > send_escalation_email',
    'facility escalation_level',
  ],
  [
    'If the shipment is not tracking, assign tracking, otherwise log it',
    'get_shipment > branch(steps.shipment.output.status == "not_tracking": assign_tracking | else: log_workflow_action)',
    'shipmentId',
  ],
  [
    'Remind the facility every day until they answer',
    'repeat 10 until steps.email_inbox.output.hasReply(send_followup_email > wait P1D > check_email_inbox)',
    'recipient_email facility missing_fields',
  ],
  [
    'mail the facility, wait 48 hours, check the inbox, if there is a reply, parse it, if complete log it, otherwise escalate',
    'send_initial_email > wait PT48H > check_email_inbox > branch(steps.email_inbox.output.hasReply: parse_email_response > branch(steps.parse_email_response.output.completeness == "complete": log_workflow_action | else: send_escalation_email))',
    'recipient_email facility escalation_recipient escalation_level',
  ],
  [
    'Send an email. Wait 1 day. If no reply, send a followup, wait 24 hours, and escalate.',
    'send_initial_email > wait P1D > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_followup_email > wait PT24H > check_email_inbox > branch(!steps.email_inbox_2.output.hasReply: send_escalation_email))',
    'recipient_email facility missing_fields escalation_recipient escalation_level',
  ],
  ['Check the inbox every 15 minutes and parse the response', 'check_email_inbox > parse_email_response', ''],
  [
    'When a shipment is late by more than 2 hours, notify the team',
    'get_shipment_eta > branch(steps.shipment_eta.output.delayMinutes > 120: notify_internal_users)',
    'shipmentId recipients',
  ],
  [
    'Escalate to boss@example.com unless there is a reply',
    'check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_escalation_email)',
    'facility escalation_level',
  ],
  [
    'Once they reply, parse the response and log it',
    'check_email_inbox > branch(steps.email_inbox.output.hasReply: parse_email_response > log_workflow_action)',
    '',
  ],
  ['notify ops@example.com that the shipment FK-1002 is late', 'notify_internal_users', ''],
  ['Add a note "called driver" to FK-1002', 'add_shipment_note', ''],
  [
    'get the eta for each shipment and notify ops@example.com if it is late',
    'find_shipments > each steps.shipments.output.shipments(get_shipment_eta > branch(steps.shipment_eta.output.status == "late": notify_internal_users))',
    '',
  ],
  ['Send an email with subject "Where is my load?" to dock@reno.example', 'send_initial_email', 'facility'],
  [
    'Email the facility and at the same time notify ops@example.com',
    'parallel(send_initial_email | notify_internal_users)',
    'recipient_email facility',
  ],
  ['Wait half an hour then check the inbox for emails since 24 hours', 'wait PT30M > check_email_inbox', ''],
  [
    'Send an email then wait overnight then look at the inbox',
    'send_initial_email > wait PT12H > check_email_inbox',
    'recipient_email facility',
  ],
  ['Where is FK-1004?', 'get_shipment_location', ''],
  [
    'Every Monday at 7am find delayed shipments and alert ops@example.com',
    'find_shipments > notify_internal_users',
    '',
  ],
  [
    'When a webhook is called, get the shipment and log it',
    'get_shipment > log_workflow_action',
    'shipmentId',
  ],
  [
    'Check the inbox, parse the reply and if it is gibberish escalate, otherwise stop',
    'check_email_inbox > parse_email_response > branch(steps.parse_email_response.output.is_gibberish: send_escalation_email | else: stop succeeded)',
    'escalation_recipient facility escalation_level',
  ],
  [
    'Parse the response. If it is partial, chase the facility for the missing fields.',
    'parse_email_response > branch(steps.parse_email_response.output.completeness == "partial": send_followup_email)',
    'recipient_email facility',
  ],
  ['After 2 hours, check the inbox', 'wait PT2H > check_email_inbox', ''],
  [
    'Escalate after 3 days if no response',
    'wait P3D > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_escalation_email)',
    'escalation_recipient facility escalation_level',
  ],
  [
    'Find shipments with more than 90 minutes delay and for each one add a note',
    'find_shipments > each steps.shipments.output.shipments(add_shipment_note)',
    '',
  ],
  [
    'send email -> wait 1 day -> check inbox -> escalate',
    'send_initial_email > wait P1D > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_escalation_email)',
    'recipient_email facility escalation_recipient escalation_level',
  ],
  [
    'Get the shipment FK-1005 and if its status is delivered, stop, otherwise notify ops@example.com',
    'get_shipment > branch(steps.shipment.output.status == "delivered": stop succeeded | else: notify_internal_users)',
    '',
  ],
  [
    'Before notifying ops@example.com, get the ETA of FK-1001',
    'get_shipment_eta > notify_internal_users',
    '',
  ],
  [
    'Mail dock@dallas.example and wait a week; when nobody answers, escalate to boss@example.com level 3',
    'send_initial_email > wait P1W > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_escalation_email)',
    'facility',
  ],
  [
    "Please could you send an email to the warehouse asking for the BOL, then wait for a reply for 12 hours, and if they don't answer follow up",
    'send_initial_email > wait PT12H > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_followup_email)',
    'recipient_email facility missing_fields',
  ],
  [
    'Notify ops@example.com and sales@example.com, then log it',
    'notify_internal_users > log_workflow_action',
    '',
  ],
  [
    'Get manager approval, then reschedule the appointment',
    'approval > update_stop_appointment',
    'shipmentId stopSequence appointment',
  ],
  [
    'Ask the manager to approve; if rejected, log it, otherwise send an email',
    'approval > branch(steps.approval.output.decision == "rejected": log_workflow_action | else: send_initial_email)',
    'recipient_email facility',
  ],
  [
    'for each shipment id get the location',
    'each inputs.shipment_ids(get_shipment_location)',
    'shipment_ids',
  ],
  [
    'send an email, wait 2 days, check the inbox, if no reply then send a followup else log it',
    'send_initial_email > wait P2D > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_followup_email | else: log_workflow_action)',
    'recipient_email facility missing_fields',
  ],
  [
    'Nobody replied within 2 days? Escalate to boss@example.com',
    'wait P2D > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_escalation_email)',
    'facility escalation_level',
  ],
  [
    "send an email and if there's no response in 48 hours then escalate",
    'send_initial_email > wait PT48H > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_escalation_email)',
    'recipient_email facility escalation_recipient escalation_level',
  ],
  [
    "Email the facility. If they reply, parse the reply; if they don't, escalate.",
    'send_initial_email > check_email_inbox > branch(steps.email_inbox.output.hasReply: parse_email_response | else: send_escalation_email)',
    'recipient_email facility escalation_recipient escalation_level',
  ],
  [
    'Check for a reply every 6 hours up to 5 times, then escalate',
    'repeat 5 until steps.email_inbox.output.hasReply(wait PT6H > check_email_inbox) > branch(!steps.email_inbox.output.hasReply: send_escalation_email)',
    'escalation_recipient facility escalation_level',
  ],
  [
    'Assign tracking to FK-1003, if it fails escalate to boss@example.com',
    'assign_tracking(failed: send_escalation_email)',
    'facility escalation_level',
  ],
  [
    'Repeat 3 times: send a follow-up, wait a day',
    'repeat 3(send_followup_email > wait P1D)',
    'recipient_email facility missing_fields',
  ],
  [
    'Late notifier: email the facility, wait 2 days, check the inbox, parse the response, branch on complete / partial: if complete log it, if partial send follow-up, otherwise escalate',
    'send_initial_email > wait P2D > check_email_inbox > parse_email_response > branch(steps.parse_email_response.output.completeness == "complete": log_workflow_action | steps.parse_email_response.output.completeness == "partial": send_followup_email | else: send_escalation_email)',
    'recipient_email facility escalation_recipient escalation_level',
  ],
  [
    'send_initial_email then wait_timer 48 hours then check_email_inbox then conditional_router then send_escalation_email',
    'send_initial_email > wait PT48H > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_escalation_email)',
    'recipient_email facility escalation_recipient escalation_level',
  ],
  [
    'Ask the facility for the BOL\nWait for 3 days\nIf they have not replied, chase them\nWait another 2 days\nIf still no answer, escalate to boss@example.com at level 1',
    'send_initial_email > wait P3D > check_email_inbox > branch(!steps.email_inbox.output.hasReply: send_followup_email) > wait P2D > check_email_inbox > branch(!steps.email_inbox_2.output.hasReply: send_escalation_email)',
    'recipient_email facility missing_fields',
  ],
  [
    'When the shipment is delayed by 2 hours or more, email dock@chicago.example, otherwise do nothing',
    'get_shipment_eta > branch(steps.shipment_eta.output.delayMinutes >= 120: send_initial_email | else: stop succeeded)',
    'shipmentId facility',
  ],
  [
    'Notify ops@example.com if shipment FK-1001 is late, otherwise if it is delivered log it',
    'get_shipment_eta > branch(steps.shipment_eta.output.status == "late": notify_internal_users | else: branch(steps.shipment_eta.output.status == "delivered": log_workflow_action))',
    '',
  ],
];

/** Requirement, the steps it becomes, and the inputs a run asks for. */
export const onboardingRequirements: readonly (readonly [
  requirement: string,
  steps: string,
  asked: string,
])[] = [
  [
    'Create an account for the new employee, order a laptop and send a welcome message',
    'create_account > order_equipment > send_welcome_message',
    'employee_id recipient',
  ],
  [
    'Send the contract, wait 3 days, and if it is not signed send a reminder',
    'send_contract > wait P3D > check_contract_signature > branch(!steps.contract_signature.output.signed: send_reminder)',
    'employee_id recipient',
  ],
  [
    'For each new hire create an account',
    'list_new_hires > each steps.new_hires.output.employees(create_account)',
    '',
  ],
  [
    'For every remote employee order a laptop',
    'list_new_hires > each steps.new_hires.output.employees(branch(employee.remote: order_equipment))',
    '',
  ],
  [
    'Order a laptop, wait a week, check the order, and open a ticket if it was not delivered',
    'order_equipment > wait P1W > check_equipment_order > branch(!steps.equipment_order.output.delivered: open_ticket)',
    'employee_id',
  ],
  [
    'Open a ticket titled "No laptop", wait 2 hours, get the ticket status and if it is resolved close the ticket',
    'open_ticket > wait PT2H > get_ticket_status > branch(steps.ticket_status.output.state == "resolved": close_ticket)',
    '',
  ],
  [
    'Every Monday at 9 list new hires and schedule training for each of them',
    'list_new_hires > each steps.new_hires.output.employees(schedule_training)',
    '',
  ],
  [
    'In parallel, create an account and order a phone',
    'parallel(create_account | order_equipment)',
    'employee_id',
  ],
  [
    'Get the employee E-1001; if temporary, stop, otherwise order a laptop',
    'get_employee > branch(steps.employee.output.contract_type == "temporary": stop succeeded | else: order_equipment)',
    '',
  ],
  ['Book a room and send a welcome message to anna@example.com', 'book_room > send_welcome_message', 'room'],
  [
    'Send a reminder to bob@example.com every day until the contract is signed',
    'repeat 10 until steps.contract_signature.output.signed(send_reminder > wait P1D > check_contract_signature)',
    'contract_id',
  ],
  [
    'Check the ticket status and if it is open for more than 48 hours, remind boss@example.com',
    'get_ticket_status > branch(steps.ticket_status.output.hours_open > 48: send_reminder)',
    'ticket_id',
  ],
  ['Ask the manager to approve before ordering the laptop', 'approval > order_equipment', 'employee_id'],
  ['Revoke the account', 'revoke_account', 'account_id'],
  ['Disable the account A-1001 and open a ticket', 'revoke_account > open_ticket', ''],
  [
    'If the contract is signed, create the account',
    'check_contract_signature > branch(steps.contract_signature.output.signed: create_account)',
    'contract_id employee_id',
  ],
  [
    'Send the contract to anna@example.com, wait two days, remind up to 3 times, then open a ticket',
    'send_contract > wait P2D > repeat 3(send_reminder > wait P2D) > open_ticket',
    'employee_id',
  ],
  [
    'Welcome the new employee and schedule a training',
    'send_welcome_message > schedule_training',
    'recipient employee_id',
  ],
];
