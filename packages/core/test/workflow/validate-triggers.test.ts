import { describe, expect, test } from 'vitest';
import type { Trigger } from '../../src/workflow/definition.js';
import { validateDefinition } from '../../src/workflow/validate.js';
import { actions } from './support/catalog.js';

const inputs = {
  type: 'object',
  required: ['facility', 'count', 'to'],
  properties: {
    facility: { type: 'string' },
    count: { type: 'number' },
    to: { type: 'string', default: 'ops@example.com' },
    ids: { type: 'array', items: { type: 'string' } },
  },
};

const check = (
  trigger: unknown,
  more: Record<string, unknown> = {},
  triggers?: ReadonlySet<Trigger['kind']>,
) => validateDefinition({ id: 'wf', name: 'Workflow', steps: [], trigger, ...more }, { actions, triggers });
const found = (...value: Parameters<typeof check>) =>
  check(...value).problems.map(({ code, severity, path }) => `${severity} ${code} ${path}`);

const daily = { kind: 'schedule', cron: '0 9 * * *' };
const given = { facility: 'Kiel', count: 3 };

test('a schedule is read with its durations in ISO 8601', () => {
  const { definition, problems } = check({ ...daily, overlap: 'buffer', catchUp: '2 hours', paused: true });
  expect(problems).toEqual([]);
  expect(definition?.trigger).toEqual({ ...daily, overlap: 'buffer', catchUp: 'PT2H', paused: true });
});

describe('what starts by itself', () => {
  test('must give what is required and has no default', () => {
    const { problems } = check({ ...daily, input: { facility: 'Kiel' } }, { inputs });
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'missing_input',
        severity: 'warning',
        path: '/trigger/input/count',
        message: expect.stringContaining('no run will start'),
      }),
    ]);
    expect(found(daily, { inputs })).toEqual([
      'warning missing_input /trigger/input/facility',
      'warning missing_input /trigger/input/count',
    ]);
    expect(found({ ...daily, input: given }, { inputs })).toEqual([]);
    expect(found({ kind: 'manual' }, { inputs })).toEqual([]);
  });

  test('gives what fits, as far as that is known', () => {
    const input = { ...given, count: 'three', ids: '${{ trigger.scheduledAt }}', faculty: 1 };
    expect(found({ ...daily, input }, { inputs })).toEqual([
      'error invalid_input /trigger/input/count',
      'error type_mismatch /trigger/input/ids',
      'error unknown_input /trigger/input/faculty',
    ]);
    expect(
      found({ kind: 'webhook', input: { ...given, ids: '${{ trigger.body.ids }}' } }, { inputs }),
    ).toEqual([]);
  });

  test('reads what comes by its name', () => {
    const reads = (trigger: object, text: string) => found({ ...trigger, input: { x: text } });
    const event = { kind: 'event', event: 'e' };
    const webhook = { kind: 'webhook' };
    expect(reads(daily, '${{ trigger.scheduledAt }}')).toEqual([]);
    expect(reads(daily, '${{ trigger.scheduledat }}')).toEqual(['error unknown_reference /trigger/input/x']);
    expect(reads(event, '${{ trigger.payload.any.thing }}')).toEqual([]);
    expect(reads(event, '${{ trigger.body }}')).toEqual(['error unknown_reference /trigger/input/x']);
    expect(reads(webhook, '${{ trigger.body.any[0] }} ${{ trigger.headers }}')).toEqual([]);
  });
});

describe('a trigger that nobody serves', () => {
  const every = new Set<Trigger['kind']>(['manual', 'schedule', 'webhook', 'event', 'poll']);
  test.each<[unknown, ReadonlySet<Trigger['kind']> | undefined, string[]]>([
    [daily, undefined, []],
    [{ kind: 'webhook' }, undefined, []],
    [{ kind: 'webhook' }, new Set(['manual', 'schedule', 'event']), ['warning trigger_inactive /trigger']],
    [
      { kind: 'poll', action: 'check_inbox', every: 'PT1M' },
      undefined,
      ['warning trigger_inactive /trigger'],
    ],
    [{ kind: 'poll', action: 'check_inbox', every: 'PT1M' }, every, []],
  ])('%j', (trigger, triggers, problems) => expect(found(trigger, {}, triggers)).toEqual(problems));
});
