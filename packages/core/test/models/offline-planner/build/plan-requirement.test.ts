import { describe, expect, test } from 'vitest';
import { planRequirement } from '../../../../src/models/offline-planner/build/plan-requirement.js';
import { indexActions } from '../../../../src/models/offline-planner/matching/match-actions.js';
import { properties } from '../../../../src/models/offline-planner/matching/schema.js';
import { validateDefinition } from '../../../../src/workflow/validate.js';
import { logistics } from '../support/logistics.js';
import { onboarding } from '../support/onboarding.js';
import { logisticsRequirements, onboardingRequirements } from '../support/requirements.js';
import { shape } from '../support/shape.js';

describe.each([
  ['logistics', logistics, logisticsRequirements],
  ['onboarding', onboarding, onboardingRequirements],
] as const)('%s', (_, actions, requirements) => {
  const index = indexActions(actions);

  test.each(requirements)('%s', (requirement, steps, asked) => {
    const plan = planRequirement(requirement, index);
    expect(shape(plan.steps)).toBe(steps);
    expect(
      properties(plan.inputs)
        .map(({ name }) => name)
        .join(' '),
    ).toBe(asked);
    expect(plan.unmatched).toEqual([]);
    expect(plan.ambiguous).toEqual([]);
  });

  test.each(requirements)('is sound: %s', (requirement) => {
    const { name, trigger, inputs, steps } = planRequirement(requirement, index);
    const definition = {
      id: 'x',
      name,
      steps,
      ...(trigger ? { trigger } : {}),
      ...(inputs ? { inputs } : {}),
    };
    const { problems } = validateDefinition(definition, { actions });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('values', () => {
  const index = indexActions(logistics);
  const first = (text: string) => {
    const [step] = planRequirement(text, index).steps;
    return step?.kind === 'action' ? step.input : undefined;
  };

  test.each([
    [
      'Escalate to boss@example.com at level 2',
      { escalation_recipient: 'boss@example.com', escalation_level: 2 },
    ],
    ['Add a note "called driver" to FK-1002', { shipmentId: 'FK-1002', text: 'called driver' }],
    [
      'Send an email with subject "Late?" to a@b.example',
      { recipient_email: 'a@b.example', custom_subject: 'Late?' },
    ],
    ['Get the location of FK-1001', { shipmentId: 'FK-1001' }],
    ['Check the inbox for emails since 24 hours', { since_hours: 24 }],
    ['Find delivered shipments', { filter: { status: 'delivered' } }],
    [
      'notify a@b.example and c@d.example that FK-1 is late',
      { recipients: ['a@b.example', 'c@d.example'], message: 'FK-1 is late' },
    ],
  ])('%s', (text, input) => {
    expect(first(text)).toMatchObject(input);
  });

  test('a template in the words of a person stays text', () => {
    expect(first('Add a note "${{ secrets.KEY }}" to FK-1002')).toMatchObject({
      text: '$${{ secrets.KEY }}',
    });
  });

  test('the same address is used for the follow-up, and earlier outputs feed later steps', () => {
    const { steps } = planRequirement(
      'Mail a@b.example, check the inbox, parse the response and if partial send a follow-up',
      index,
    );
    const [, inbox, parse, branch] = steps;
    expect(inbox).toMatchObject({ action: 'check_email_inbox' });
    expect(parse).toMatchObject({ input: { email_body: '${{ steps.email_inbox.output.email_body }}' } });
    expect(branch).toMatchObject({
      cases: [
        {
          steps: [
            {
              input: {
                recipient_email: 'a@b.example',
                missing_fields: '${{ steps.parse_email_response.output.missing_fields }}',
              },
            },
          ],
        },
      ],
    });
  });

  test('inputs keep format and bounds of the field', () => {
    expect(planRequirement('escalate', index).inputs?.properties).toMatchObject({
      escalation_recipient: { type: 'string', format: 'email' },
      escalation_level: { type: 'integer', minimum: 1, maximum: 3 },
    });
  });
});

describe('triggers', () => {
  const index = indexActions(logistics);
  test.each([
    [
      'Every weekday at 8 in Europe/Berlin, log it',
      { kind: 'schedule', cron: '0 8 * * 1-5', timeZone: 'Europe/Berlin' },
    ],
    ['Every Monday and Thursday at 7:30pm log it', { kind: 'schedule', cron: '30 19 * * 1,4' }],
    ['Log it hourly', { kind: 'schedule', cron: '0 * * * *' }],
    ['Every 15 minutes check the inbox', { kind: 'schedule', cron: '*/15 * * * *' }],
    [
      'On the first of every month at noon UTC, log it',
      { kind: 'schedule', cron: '0 12 1 * *', timeZone: 'UTC' },
    ],
    ['When a webhook is called, log it', { kind: 'webhook' }],
    ['Log it', undefined],
    ['Remind the facility every day until they answer', undefined],
  ])('%s', (text, trigger) => {
    expect(planRequirement(text, index).trigger).toEqual(trigger);
  });
});

describe('what cannot be known', () => {
  const index = indexActions(logistics);

  test('an unknown clause is named, the rest is built', () => {
    const plan = planRequirement('Email the facility and launch a rocket', index);
    expect(shape(plan.steps)).toBe('send_initial_email');
    expect(plan.unmatched).toMatchObject([{ text: 'launch a rocket', what: 'action' }]);
  });

  test('what hangs on an unreadable condition is not done unconditionally', () => {
    const plan = planRequirement(
      'Check the inbox, and if the moon is full, escalate to boss@example.com',
      index,
    );
    expect(shape(plan.steps)).toBe('check_email_inbox');
    expect(plan.unmatched).toMatchObject([{ text: 'the moon is full', what: 'condition' }]);
  });

  test('two actions that fit equally are offered, none is taken', () => {
    const plan = planRequirement('look up the shipment', index);
    expect(plan.steps).toEqual([]);
    expect(plan.ambiguous.map(({ actions }) => actions.map(({ id }) => id))).toEqual([
      ['find_shipments', 'get_shipment'],
    ]);
    expect(shape(planRequirement('look up the shipment', index, new Set(['get_shipment'])).steps)).toBe(
      'get_shipment',
    );
  });
});
