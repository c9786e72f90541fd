import type { ActionLookup, ActionSpec } from '../../../src/workflow/action-spec.js';

const text = { type: 'string' } as const;

const action = (
  id: string,
  input: Record<string, unknown>,
  required: readonly string[],
  output: Record<string, unknown>,
  more: Partial<ActionSpec> = {},
): ActionSpec => ({
  id,
  name: id.replaceAll('_', ' '),
  description: id,
  category: 'Test',
  effect: 'read',
  idempotent: false,
  inputSchema: { type: 'object', properties: input, required },
  outputSchema: { type: 'object', properties: output, required: Object.keys(output) },
  ...more,
});

const specs: readonly ActionSpec[] = [
  action(
    'send_email',
    {
      recipient: { ...text, format: 'email' },
      facility: text,
      subject: text,
      cc: { type: 'array', items: text },
    },
    ['recipient', 'facility'],
    { messageId: text },
    { effect: 'irreversible', aliases: ['send_email_real'] },
  ),
  action(
    'check_inbox',
    { since_hours: { type: 'integer', minimum: 1 }, folder: { ...text, enum: ['inbox', 'spam'] } },
    [],
    {
      emails: { type: 'array', items: { type: 'object', properties: { body: text }, required: ['body'] } },
      hasReply: { type: 'boolean' },
    },
  ),
  action('parse_reply', { body: text }, [], {
    completeness: { ...text, enum: ['complete', 'partial', 'incomplete'] },
    is_gibberish: { type: 'boolean' },
    missing_fields: { type: 'array', items: text },
    bol: { anyOf: [text, { type: 'null' }] },
  }),
  action(
    'send_followup',
    { recipient: text, missing_fields: { type: 'array', items: text } },
    ['recipient', 'missing_fields'],
    {
      messageId: text,
    },
  ),
  action(
    'send_escalation',
    { recipient: text, level: { type: 'integer', minimum: 1, maximum: 3 } },
    ['recipient', 'level'],
    {},
    {
      aliases: ['send_escalation_level2'],
      aliasInputs: { send_escalation_level2: { level: 2 } },
    },
  ),
  action('recall_email', { messageId: text }, ['messageId'], {}),
];

/** A small catalog of mail actions. */
export const actions: ActionLookup = {
  get: (id) => specs.find((spec) => spec.id === id || spec.aliases?.includes(id)),
  all: () => specs,
};
