import type { Effect } from '@fk-workflow/core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hour, setup } from './support/setup.js';

const table: readonly (readonly [string, string, Effect, boolean])[] = [
  ['find_shipments', 'Shipments', 'read', false],
  ['get_shipment', 'Shipments', 'read', false],
  ['get_shipment_eta', 'Shipments', 'read', false],
  ['get_shipment_location', 'Shipments', 'read', false],
  ['assign_tracking', 'Shipments', 'write', true],
  ['update_stop_appointment', 'Shipments', 'write', true],
  ['add_shipment_note', 'Shipments', 'write', false],
  ['send_initial_email', 'Email', 'irreversible', false],
  ['send_followup_email', 'Email', 'irreversible', false],
  ['send_escalation_email', 'Email', 'irreversible', false],
  ['check_email_inbox', 'Email', 'read', false],
  ['mark_email_read', 'Email', 'write', false],
  ['parse_email_response', 'Email', 'read', false],
  ['extract_document_text', 'Documents', 'read', false],
  ['parse_document_with_ai', 'Documents', 'read', false],
  ['notify_internal_users', 'Notifications', 'irreversible', false],
  ['post_to_webhook', 'Notifications', 'irreversible', false],
  ['log_workflow_action', 'Utility', 'write', false],
];

/** Input fields by action: the required ones, then the optional ones. */
const fields: Readonly<Record<string, readonly [string[], string[]]>> = {
  find_shipments: [[], ['filter', 'limit']],
  get_shipment: [['shipmentId'], []],
  get_shipment_eta: [['shipmentId'], ['stopSequence']],
  get_shipment_location: [['shipmentId'], []],
  assign_tracking: [['shipmentId'], ['tractorNumber', 'trailerNumber']],
  update_stop_appointment: [['shipmentId', 'stopSequence', 'appointment'], []],
  add_shipment_note: [['shipmentId', 'text'], []],
  send_initial_email: [
    ['recipient_email', 'facility'],
    ['shipment_id', 'cc_list', 'email_template', 'custom_subject', 'custom_message'],
  ],
  send_followup_email: [['recipient_email', 'facility', 'missing_fields'], ['cc_list']],
  send_escalation_email: [
    ['escalation_recipient', 'facility', 'escalation_level'],
    ['original_recipient', 'reason', 'cc_list'],
  ],
  check_email_inbox: [[], ['subject_filter', 'from_filter', 'since_hours']],
  mark_email_read: [['messageIds'], []],
  parse_email_response: [
    [],
    ['email_body', 'auto_fetch', 'subject_filter', 'from_filter', 'since_hours', 'expected_fields'],
  ],
  extract_document_text: [[], ['document_path', 'attachment', 'page_numbers']],
  parse_document_with_ai: [['document_text'], ['extraction_fields', 'format']],
  notify_internal_users: [['recipients', 'message'], ['severity']],
  post_to_webhook: [
    ['url', 'body'],
    ['headers', 'idempotency_key'],
  ],
  log_workflow_action: [['message'], ['data']],
};

const { catalog } = setup();

describe('the catalog', () => {
  test('has these actions, categories, effects and compensations', () => {
    const rows = catalog
      .all()
      .map((spec) => [spec.id, spec.category, spec.effect, spec.compensate !== undefined]);
    expect(rows).toEqual(table);
  });

  test.each(catalog.all())('$id takes these fields', ({ id, inputSchema }) => {
    const {
      type,
      properties = {},
      required = [],
    } = z
      .object({
        type: z.string(),
        properties: z.record(z.string(), z.unknown()).optional(),
        required: z.array(z.string()).optional(),
      })
      .parse(inputSchema);
    expect(type).toBe('object');
    expect(required).toEqual(fields[id]?.[0]);
    expect(Object.keys(properties).filter((name) => !required.includes(name))).toEqual(fields[id]?.[1]);
  });

  test('knows the ids of the first version', () => {
    const of = (alias: string) => catalog.get(alias)?.id;
    expect(of('check_gmail_inbox')).toBe('check_email_inbox');
    expect(of('send_initial_email_real')).toBe('send_initial_email');
    for (const level of [1, 2, 3]) {
      expect(of(`send_escalation_email_level${level}`)).toBe('send_escalation_email');
      expect(of(`send_escalation_email_level${level}_real`)).toBe('send_escalation_email');
    }
  });

  test('shows the ways that follow a parsed answer', () => {
    expect(catalog.get('parse_email_response')?.branches).toEqual([
      'complete',
      'partial',
      'incomplete/gibberish',
    ]);
  });

  test.each(catalog.all())('$id is described to people and planners', (spec) => {
    expect(spec.description.length).toBeGreaterThan(40);
    expect(spec.keywords?.length).toBeGreaterThan(2);
    expect(spec.icon).toMatch(/^[a-z]+$/);
    expect(spec.color).toMatch(/^#[0-9a-f]{6}$/);
    expect(spec.timeout).toMatch(/^PT\d+[SM]$/);
  });
});

describe('the example of each action', () => {
  test.each(catalog.all())('$id: fits its schemas', ({ example, inputSchema, outputSchema }) => {
    expect(z.fromJSONSchema({ ...inputSchema }).safeParse(example?.input).error).toBeUndefined();
    expect(z.fromJSONSchema({ ...outputSchema }).safeParse(example?.output).error).toBeUndefined();
  });

  test.each(catalog.all())('$id: works, and gives what it says', async ({ id, example }) => {
    const { call, clock, mail } = setup();
    await mail('dock@chicago.example');
    await clock.advance(48 * hour);
    const output = await call(id, example?.input);
    const names = (value: unknown) => Object.keys(z.record(z.string(), z.unknown()).parse(value));
    expect(names(output)).toEqual(names(example?.output));
  });

  test('is not fitted by anything else', () => {
    const schema = z.fromJSONSchema({ ...catalog.get('send_initial_email')?.inputSchema });
    expect(schema.safeParse({ recipient_email: 'nobody', facility: 'X' }).success).toBe(false);
    expect(schema.safeParse({ recipient_email: 'a@b.example', facility: 'X', subject: 'typo' }).success).toBe(
      false,
    );
  });
});
