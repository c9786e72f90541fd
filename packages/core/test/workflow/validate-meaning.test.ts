import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/workflow/apply-edits.js';
import { validateDefinition } from '../../src/workflow/validate.js';
import { actions } from './support/catalog.js';

const check = (value: unknown) => validateDefinition(value, { actions });
const definition = (steps: readonly unknown[], more: Record<string, unknown> = {}) => ({
  id: 'wf',
  name: 'Workflow',
  steps,
  ...more,
});
const act = (
  id: string,
  action: string,
  input: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
) => ({ id, kind: 'action', action, input, ...more });
const inbox = act('inbox', 'check_inbox');
const mail = act('mail', 'send_email', { recipient: 'a@example.com', facility: 'Kiel' });
const parse = act('parse', 'parse_reply');
const set = (id: string, x: unknown) => ({ id, kind: 'set', values: { x } });
const found = (value: unknown) => check(value).problems.map(({ code, path }) => `${code} ${path}`);
const inputs = {
  type: 'object',
  required: ['facility', 'recipient'],
  properties: {
    facility: { type: 'string' },
    recipient: { type: 'string' },
    note: { type: 'string' },
    count: { type: 'number' },
    ids: {
      type: 'array',
      items: { type: 'object', properties: { ref: { type: 'string' } }, required: ['ref'] },
    },
  },
};

test('the example of the guide has no problem', () => {
  const value = definition(
    [
      act('ask', 'send_email', {
        recipient: '${{ inputs.recipient }}',
        facility: '${{ inputs.facility }}',
        subject: 'Status of ${{ inputs.facility }}',
      }),
      { id: 'pause', kind: 'wait', duration: 'PT48H' },
      act(
        'inbox',
        'check_inbox',
        { since_hours: 48 },
        { retry: { maxAttempts: 5, initialInterval: 'PT10S' }, timeout: 'PT1M' },
      ),
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
          act('escalate', 'send_escalation', { recipient: 'ops@example.com', level: 1 }),
        ],
      },
    ],
    { inputs, trigger: { kind: 'manual' }, config: { timeout: 'P14D' } },
  );
  expect(found(value)).toEqual([]);
});

/** Definitions with one mistake each: what is found, and whether it comes with a fix. */
const mistakes: readonly [string, unknown, string, 'fix' | 'no fix'][] = [
  [
    'an unknown action',
    definition([act('a', 'send_emial', mail.input)]),
    'unknown_action /steps/0/action',
    'fix',
  ],
  [
    'an action like no other',
    definition([act('a', 'launch_rocket')]),
    'unknown_action /steps/0/action',
    'no fix',
  ],
  [
    'a missing value that an input has',
    definition([act('a', 'send_email', { recipient: 'a@example.com' })], { inputs }),
    'missing_input /steps/0/input/facility',
    'fix',
  ],
  [
    'a missing value that a step gives',
    definition([parse, act('a', 'send_followup', { recipient: 'x' })]),
    'missing_input /steps/1/input/missing_fields',
    'fix',
  ],
  [
    'a missing value nothing has',
    definition([act('a', 'send_escalation', { level: 1 })]),
    'missing_input /steps/0/input/recipient',
    'no fix',
  ],
  [
    'a mistyped field',
    definition([act('a', 'check_inbox', { since_hour: 4 })]),
    'unknown_input /steps/0/input/since_hour',
    'fix',
  ],
  [
    'a field nobody knows',
    definition([act('a', 'check_inbox', { colour: 4 })]),
    'unknown_input /steps/0/input/colour',
    'fix',
  ],
  [
    'a mistyped choice',
    definition([act('a', 'check_inbox', { folder: 'inbx' })]),
    'invalid_input /steps/0/input/folder',
    'fix',
  ],
  [
    'text for a number',
    definition([act('a', 'check_inbox', { since_hours: 'many' })]),
    'invalid_input /steps/0/input/since_hours',
    'no fix',
  ],
  [
    'no mail address',
    definition([act('a', 'send_email', { ...mail.input, recipient: 'x' })]),
    'invalid_input /steps/0/input/recipient',
    'no fix',
  ],
  [
    'a wrong item beside a template',
    definition([act('a', 'send_email', { ...mail.input, cc: ['${{ inputs.note }}', 1] })], { inputs }),
    'invalid_input /steps/0/input/cc/1',
    'no fix',
  ],
  [
    'an unknown step',
    definition([inbox, set('a', '${{ steps.inbx.output.hasReply }}')]),
    'unknown_reference /steps/1/values/x',
    'fix',
  ],
  [
    'an unknown output',
    definition([inbox, set('a', 'Reply: ${{ steps.inbox.output.hasReplies }}')]),
    'unknown_reference /steps/1/values/x',
    'fix',
  ],
  [
    'two mistakes in one path',
    definition([inbox, set('a', '${{ step.inbox.outpt.hasReply }}')]),
    'unknown_reference /steps/1/values/x',
    'fix',
  ],
  [
    'an unknown field inside a macro',
    definition([inbox, set('a', '${{ steps.inbox.output.emails.map(e, e.bodi) }}')]),
    'unknown_reference /steps/1/values/x',
    'fix',
  ],
  [
    'an input that is not declared',
    definition([set('a', '${{ inputs.carrier }}')], { inputs }),
    'unknown_reference /steps/0/values/x',
    'fix',
  ],
  [
    'an input of none',
    definition([set('a', '${{ inputs.carrier }}')]),
    'unknown_reference /steps/0/values/x',
    'fix',
  ],
  [
    'an unknown name',
    definition([set('a', '${{ zebra }}')]),
    'unknown_reference /steps/0/values/x',
    'no fix',
  ],
  [
    'a step that runs later',
    definition([set('a', '${{ steps.inbox.output.hasReply }}'), inbox]),
    'reference_not_before /steps/0/values/x',
    'no fix',
  ],
  [
    'the step itself',
    definition([act('a', 'check_inbox', { since_hours: '${{ steps.a.output.hasReply }}' })]),
    'reference_not_before /steps/0/input/since_hours',
    'no fix',
  ],
  [
    'a step inside a case',
    definition([
      inbox,
      { id: 'b', kind: 'branch', cases: [{ when: '${{ steps.inbox.output.hasReply }}', steps: [parse] }] },
      set('a', '${{ steps.parse.output.bol }}'),
    ]),
    'reference_not_visible /steps/2/values/x',
    'no fix',
  ],
  [
    'a step inside a loop',
    definition([
      { id: 'each', kind: 'forEach', items: [1], steps: [parse] },
      set('a', '${{ steps.parse.output.bol }}'),
    ]),
    'reference_not_visible /steps/1/values/x',
    'no fix',
  ],
  [
    'a step of a recovery list',
    definition([{ ...inbox, onError: { steps: [parse] } }, set('a', '${{ steps.parse.output.bol }}')]),
    'reference_not_visible /steps/1/values/x',
    'no fix',
  ],
  [
    'a step of a branch beside it',
    definition([
      {
        id: 'p',
        kind: 'parallel',
        branches: [{ steps: [inbox] }, { steps: [set('a', '${{ steps.inbox.output.hasReply }}')] }],
      },
    ]),
    'reference_not_visible /steps/0/branches/1/steps/0/values/x',
    'no fix',
  ],
  [
    'an error that is never there',
    definition([inbox, set('a', '${{ steps.inbox.error.code }}')]),
    'unknown_reference /steps/1/values/x',
    'no fix',
  ],
  [
    'a list for text',
    definition([
      inbox,
      act('a', 'send_email', { ...mail.input, subject: '${{ steps.inbox.output.emails }}' }),
    ]),
    'type_mismatch /steps/1/input/subject',
    'no fix',
  ],
  [
    'text for a list',
    definition([act('a', 'send_email', { ...mail.input, cc: '${{ inputs.note }}' })], { inputs }),
    'type_mismatch /steps/0/input/cc',
    'no fix',
  ],
  [
    'text around a number',
    definition([act('a', 'check_inbox', { since_hours: 'in ${{ inputs.count }}' })], { inputs }),
    'type_mismatch /steps/0/input/since_hours',
    'no fix',
  ],
  [
    'a condition that is text',
    definition([{ id: 'b', kind: 'branch', cases: [{ when: '${{ inputs.facility }}', steps: [] }] }], {
      inputs,
    }),
    'not_boolean /steps/0/cases/0/when',
    'no fix',
  ],
  [
    'an until that is a number',
    definition([{ id: 'r', kind: 'repeat', max: 2, steps: [], until: '${{ 1 + 1 }}' }]),
    'not_boolean /steps/0/until',
    'no fix',
  ],
  [
    'a condition that is no template',
    definition([{ id: 'b', kind: 'branch', cases: [{ when: 'yes', steps: [] }] }]),
    'invalid_expression /steps/0/cases/0/when',
    'no fix',
  ],
  [
    'a template without end',
    definition([set('a', '${{ inputs.x')]),
    'invalid_expression /steps/0/values/x',
    'no fix',
  ],
  [
    'a sum of text and a list',
    definition([inbox, set('a', '${{ steps.inbox.output.emails - 1 }}')]),
    'type_mismatch /steps/1/values/x',
    'no fix',
  ],
  [
    'items that are no list',
    definition([{ id: 'each', kind: 'forEach', items: '${{ inputs.facility }}', steps: [] }], { inputs }),
    'type_mismatch /steps/0/items',
    'no fix',
  ],
  [
    'an unknown field of the item',
    definition(
      [
        {
          id: 'each',
          kind: 'forEach',
          items: '${{ inputs.ids }}',
          as: 'one',
          steps: [set('a', '${{ one.reff }}')],
        },
      ],
      { inputs: { ...inputs, required: ['ids'] } },
    ),
    'unknown_reference /steps/0/steps/0/values/x',
    'fix',
  ],
  [
    'a secret outside an action',
    definition([set('a', '${{ secrets.KEY }}')]),
    'invalid_secret /steps/0/values/x',
    'no fix',
  ],
  [
    'a secret in a condition',
    definition([{ id: 'b', kind: 'branch', cases: [{ when: '${{ secrets.KEY == "x" }}', steps: [] }] }]),
    'invalid_secret /steps/0/cases/0/when',
    'no fix',
  ],
  [
    'a secret that is worked with',
    definition([act('a', 'send_email', { ...mail.input, subject: '${{ "x" + secrets.KEY }}' })]),
    'invalid_secret /steps/0/input/subject',
    'no fix',
  ],
  [
    'all secrets at once',
    definition([act('a', 'send_email', { ...mail.input, subject: '${{ secrets }}' })]),
    'invalid_secret /steps/0/input/subject',
    'no fix',
  ],
  [
    'a secret for a number',
    definition([act('a', 'check_inbox', { since_hours: '${{ secrets.KEY }}' })]),
    'type_mismatch /steps/0/input/since_hours',
    'no fix',
  ],
  [
    'a secret in the input of a sub-workflow',
    definition([
      { id: 'w', kind: 'workflow', workflow: 'other', version: 1, input: { key: '${{ secrets.KEY }}' } },
    ]),
    'invalid_secret /steps/0/input/key',
    'no fix',
  ],
  [
    'an unknown compensation',
    definition([
      { ...mail, compensate: { action: 'recall_emial', input: { messageId: '${{ output.messageId }}' } } },
    ]),
    'unknown_action /steps/0/compensate/action',
    'fix',
  ],
  [
    'a mistake in the output',
    definition([inbox], { output: { reply: '${{ steps.inbox.output.hasRepl }}' } }),
    'unknown_reference /output/reply',
    'no fix',
  ],
];

describe('what a definition means', () => {
  test.each(mistakes)('%s is found', (_, value, problem, fix) => {
    const { definition: sound, problems } = check(value);
    expect(sound).toBeDefined();
    expect(
      problems.filter(({ severity }) => severity === 'error').map(({ code, path }) => `${code} ${path}`),
    ).toEqual([problem]);
    expect(problems.some((each) => each.fix !== undefined)).toBe(fix === 'fix');
    for (const { path, stepId } of problems) expect(stepId !== undefined).toBe(path.startsWith('/steps'));
  });

  test.each(mistakes.filter(([, , , fix]) => fix === 'fix'))(
    'the fix for %s solves it',
    (_, value, problem) => {
      const { definition: sound, problems } = check(value);
      const fix = problems.find((each) => each.fix)?.fix ?? [];
      const { definition: mended } = applyEdits(sound!, fix);
      expect(found(mended)).not.toContain(problem);
      expect(check(mended).definition).toBeDefined();
    },
  );
});

describe('warnings', () => {
  test.each<[string, unknown, string]>([
    [
      'a trigger that is not served',
      definition([], { trigger: { kind: 'poll', action: 'check_inbox', every: 'PT1H' } }),
      'trigger_inactive /trigger',
    ],
    [
      'a step after a stop',
      definition([{ id: 's', kind: 'stop', outcome: 'succeeded' }, inbox]),
      'unreachable_step /steps/1',
    ],
    [
      'a wait of two years',
      definition([{ id: 'w', kind: 'wait', duration: '730 days' }]),
      'long_wait /steps/0/duration',
    ],
    [
      'an approval of nobody',
      definition([{ id: 'ok', kind: 'approval', title: 'Go?', approvers: [] }]),
      'no_approvers /steps/0/approvers',
    ],
    [
      'a value that may be absent',
      definition([act('a', 'send_email', { ...mail.input, facility: '${{ inputs.note }}' })], { inputs }),
      'may_be_absent /steps/0/input/facility',
    ],
    [
      'an output that may be null',
      definition([
        { ...mail, onError: 'continue' },
        act('a', 'recall_email', { messageId: '${{ steps.mail.output.messageId }}' }),
      ]),
      'may_be_absent /steps/1/input/messageId',
    ],
    [
      'a sum with what may be absent',
      definition([set('a', '${{ inputs.count + 1 }}')], { inputs }),
      'may_be_absent /steps/0/values/x',
    ],
  ])('%s', (_, value, problem) => {
    const { problems } = check(value);
    expect(problems.map(({ code, path, severity }) => `${severity} ${code} ${path}`)).toEqual([
      `warning ${problem}`,
    ]);
  });
});

describe('what is fine', () => {
  test.each<[string, unknown]>([
    [
      'a number where text is wanted',
      definition([act('a', 'send_email', { ...mail.input, subject: '${{ inputs.count }}' })], {
        inputs: { ...inputs, required: ['count'] },
      }),
    ],
    ['an alias', definition([act('a', 'send_email_real', mail.input)])],
    [
      'an error after onError',
      definition([{ ...inbox, onError: 'continue' }, set('a', '${{ steps.inbox.error.code }}')]),
    ],
    [
      'an error in a recovery list',
      definition([{ ...inbox, onError: { steps: [set('a', 'Failed: ${{ steps.inbox.error.message }}')] } }]),
    ],
    [
      'steps of parallel branches afterwards',
      definition([
        { id: 'p', kind: 'parallel', branches: [{ steps: [inbox] }, { steps: [parse] }] },
        set('a', '${{ steps.inbox.output.hasReply && steps.parse.output.is_gibberish }}'),
      ]),
    ],
    [
      'the last round of a repeat',
      definition([
        { id: 'r', kind: 'repeat', max: 3, steps: [inbox], until: '${{ steps.inbox.output.hasReply }}' },
        set('a', '${{ steps.inbox.output.emails }}'),
      ]),
    ],
    [
      'a variable of a case',
      definition([
        inbox,
        {
          id: 'b',
          kind: 'branch',
          cases: [{ when: '${{ steps.inbox.output.hasReply }}', steps: [set('a', 'yes')] }],
        },
        { id: 'c', kind: 'set', values: { y: 'Said ${{ vars.x }}' } },
      ]),
    ],
    [
      'results of a loop',
      definition([
        { id: 'each', kind: 'forEach', items: '${{ [1, 2] }}', steps: [inbox] },
        set('a', '${{ steps.each.output.results[0].hasReply }}'),
      ]),
    ],
    [
      'item and index',
      definition([
        { id: 'each', kind: 'forEach', items: ['a'], steps: [set('a', '${{ item }} ${{ index + 1 }}')] },
      ]),
    ],
    [
      'a compensation of its output',
      definition([
        { ...mail, compensate: { action: 'recall_email', input: { messageId: '${{ output.messageId }}' } } },
      ]),
    ],
    ['a wait until a computed time', definition([{ id: 'w', kind: 'wait', until: '${{ run.startedAt }}' }])],
    [
      'a check of what may be absent',
      definition([set('a', '${{ has(inputs.count) ? inputs.count + 1 : 0 }}')], { inputs }),
    ],
    ['a literal template', definition([set('a', '$${{ no template }}')])],
    [
      'an approval',
      definition([
        { id: 'ok', kind: 'approval', title: 'Go ${{ run.id }}?' },
        {
          id: 'b',
          kind: 'branch',
          cases: [{ when: '${{ steps.ok.output.decision == "approved" }}', steps: [] }],
        },
      ]),
    ],
    [
      'a signal',
      definition([
        { id: 'w', kind: 'wait', signal: 'reply', timeout: '1h' },
        {
          id: 'b',
          kind: 'branch',
          cases: [
            {
              when: '${{ steps.w.output.received }}',
              steps: [set('a', '${{ steps.w.output.payload.text }}')],
            },
          ],
        },
      ]),
    ],
  ])('%s', (_, value) => {
    expect(check(value).problems).toEqual([]);
  });
});

test('five hundred steps that read each other are checked in time', () => {
  const steps = Array.from({ length: 500 }, (_, n) =>
    set(`s${n}`, n === 0 ? 1 : `\${{ steps.s${n - 1}.output == null ? vars.x + ${n} : 0 }}`),
  );
  expect(check(definition(steps)).problems).toEqual([]);
});
