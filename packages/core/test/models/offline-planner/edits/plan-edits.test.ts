import { describe, expect, test } from 'vitest';
import { planEdits } from '../../../../src/models/offline-planner/edits/plan-edits.js';
import { indexActions } from '../../../../src/models/offline-planner/matching/match-actions.js';
import { applyEdits } from '../../../../src/workflow/apply-edits.js';
import type { Edit } from '../../../../src/workflow/edit.js';
import { findStep, walkSteps } from '../../../../src/workflow/walk.js';
import { chase } from '../support/chase.js';
import { logistics } from '../support/logistics.js';

const index = indexActions(logistics);
const plan = (text: string) => planEdits(text, chase, index);
const remove = (id: string): Edit => ({ op: 'remove', id });
const update = (id: string, field: string, value: string | number): Edit => ({
  op: 'update',
  id,
  set: { [field]: value },
});

describe('edits of a draft', () => {
  const table: readonly (readonly [string, readonly Edit[]])[] = [
    ['remove the wait', [remove('wait')]],
    ['please drop step 3', [remove('email_inbox')]],
    ['delete steps 2 and 3', [remove('wait'), remove('email_inbox')]],
    [
      'remove the approval and make it level 3',
      [remove('approval'), update('escalation_email', '/input/escalation_level', 3)],
    ],
    ['remove the last step', [remove('escalation_email')]],
    ['wait 24 hours instead of 48', [update('wait', '/duration', 'PT24H')]],
    ['change the wait to 2 days', [update('wait', '/duration', 'P2D')]],
    ['make the escalation level 2', [update('escalation_email', '/input/escalation_level', 2)]],
    [
      'send the escalation to lead@example.com',
      [update('escalation_email', '/input/escalation_recipient', 'lead@example.com')],
    ],
    ['set the subject to "Where is it?"', [update('initial_email', '/input/custom_subject', 'Where is it?')]],
    ['rename it to Dock chaser', [{ op: 'setMeta', set: { name: 'Dock chaser' } }]],
    ['rename step 1 to Ask the dock', [update('initial_email', '/title', 'Ask the dock')]],
    ['move the approval before the email', [{ op: 'move', id: 'approval', at: { before: 'initial_email' } }]],
    ['move step 3 to the start', [{ op: 'move', id: 'email_inbox', at: { first: true } }]],
    ['move the escalation up', [{ op: 'move', id: 'escalation_email', at: { before: 'approval' } }]],
    ['swap step 2 and 3', [{ op: 'move', id: 'wait', at: { after: 'email_inbox' } }]],
    ['run it every weekday at 9', [{ op: 'setTrigger', trigger: { kind: 'schedule', cron: '0 9 * * 1-5' } }]],
    ['remove the schedule', [{ op: 'setTrigger', trigger: null }]],
    [
      'add a wait of 2 hours before the escalation',
      [
        {
          op: 'insert',
          step: { id: 'wait_2', kind: 'wait', duration: 'PT2H' },
          at: { before: 'escalation_email' },
        },
      ],
    ],
    [
      'add an approval by the manager before the wait',
      [
        {
          op: 'insert',
          step: { id: 'approval_2', kind: 'approval', title: 'Approval by the manager' },
          at: { before: 'wait' },
        },
      ],
    ],
  ];
  test.each(table)('%s', (text, edits) => {
    expect(plan(text)).toMatchObject({ edits, questions: [] });
  });

  test.each([
    ['also notify ops@example.com at the end', 'notify_internal_users', { last: true }],
    ['after checking the inbox, log it', 'log_workflow_action', { after: 'email_inbox' }],
    ['also parse the response after checking the inbox', 'parse_email_response', { after: 'email_inbox' }],
    ['mail dock@reno.example too', 'send_initial_email', { last: true }],
  ])('%s', (text, action, at) => {
    expect(plan(text).edits).toMatchObject([{ op: 'insert', step: { kind: 'action', action }, at }]);
  });

  test('an added step reads what stands before its place', () => {
    const [edit] = plan('also parse the response after checking the inbox').edits;
    expect(edit).toMatchObject({
      step: { input: { email_body: '${{ steps.email_inbox.output.email_body }}' } },
    });
  });

  test('a value given for good is no longer asked at the start of a run', () => {
    const { definition } = applyEdits(chase, plan('send it to dock@chicago.example').edits);
    expect(findStep(definition, 'initial_email')).toMatchObject({
      input: { recipient_email: 'dock@chicago.example' },
    });
    expect(definition.inputs).toMatchObject({ required: ['facility'] });
    expect(definition.inputs?.properties).not.toHaveProperty('recipient_email');
  });

  test.each([
    ['only escalate if there is no reply', [{ op: 'wrap', ids: ['escalation_email'] }]],
    [
      'the facility is Chicago DC',
      [{ op: 'setInputs' }, { id: 'initial_email' }, { id: 'escalation_email' }],
    ],
    [
      'otherwise log it',
      [{ op: 'update', id: 'no_reply', set: { '/otherwise': [{ action: 'log_workflow_action' }] } }],
    ],
    [
      'escalate to lead@example.com instead',
      [{ id: 'escalation_email', set: { '/input/escalation_recipient': 'lead@example.com' } }],
    ],
    [
      'remove the approval and log it',
      [
        { op: 'remove', id: 'approval' },
        { op: 'insert', at: { last: true } },
      ],
    ],
    [
      'remove the approval and log it instead',
      [
        { op: 'insert', at: { before: 'approval' } },
        { op: 'remove', id: 'approval' },
      ],
    ],
  ])('%s', (text, edits) => {
    expect(plan(text)).toMatchObject({ edits, questions: [] });
    expect(() => applyEdits(chase, plan(text).edits)).not.toThrow();
  });

  test('a number of a condition changes, with the titles that say it', () => {
    const late = {
      id: 'late',
      name: 'Late',
      steps: [
        { id: 'eta', kind: 'action', action: 'get_shipment_eta', input: { shipmentId: 'FK-1' } },
        {
          id: 'late',
          kind: 'branch',
          title: 'Over 60 minutes?',
          cases: [{ when: '${{ steps.eta.output.delayMinutes > 60 }}', title: 'Over 60 minutes', steps: [] }],
        },
      ],
    } as const;
    expect(planEdits('change 60 to 90', late, index).edits).toEqual([
      {
        op: 'update',
        id: 'late',
        set: {
          '/cases/0/when': '${{ steps.eta.output.delayMinutes > 90 }}',
          '/title': 'Over 90 minutes?',
          '/cases/0/title': 'Over 90 minutes',
        },
      },
    ]);
  });

  test('replacing a step puts the new one in its place', () => {
    const { definition } = applyEdits(
      chase,
      plan('replace the escalation with a notification to ops@example.com').edits,
    );
    expect([...walkSteps(definition.steps)].map(({ step }) => step.id).slice(4)).toEqual([
      'approval',
      'notify_internal_users',
    ]);
  });

  test.each(table)('only what was named changes: %s', (text, edits) => {
    const { definition } = applyEdits(chase, plan(text).edits);
    const touched = new Set(edits.flatMap((edit) => ('id' in edit ? [edit.id] : [])));
    const holders = new Set(['no_reply']);
    for (const { step } of walkSteps(chase.steps)) {
      if (!touched.has(step.id) && !holders.has(step.id)) expect(findStep(definition, step.id)).toEqual(step);
    }
  });

  test.each([
    [
      'remove the email',
      /Which step do you mean by “the email”: 1 “Mail the facility”, 3 “Check the inbox”, 6/,
    ],
    ['remove step 9', /no step for “step 9”/],
    ['make the wait longer', /How long/],
    ['set the cc to a@b.example', /Which step/],
    ['bake a cake', /“bake a cake”\? No action of this catalog does it/],
  ])('asks: %s', (text, question) => {
    expect(plan(text).edits).toEqual([]);
    expect(plan(text).questions).toEqual([expect.stringMatching(question)]);
  });
});
