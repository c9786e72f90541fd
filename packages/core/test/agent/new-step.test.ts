import { describe, expect, test } from 'vitest';
import { newStep } from '../../src/agent/new-step.js';
import { actionIdOf } from '../../src/agent/step-kind-ids.js';
import { workingDraft } from '../../src/agent/working-draft.js';
import type { JsonObject } from '../../src/json.js';
import { catalog } from '../chat/support/catalog.js';

describe('newStep', () => {
  test.each<[string, JsonObject]>([
    ['send_email', { to: 'a@example.com' }],
    ['wait_timer', { duration: 48, unit: 'hours' }],
    ['conditional_router', { conditions: ['${{ true }}'] }],
    ['conditional_router', {}],
    ['parallel', {}],
    ['for_each', { items: [1, 2] }],
    ['repeat', { max: 3 }],
    ['approval', {}],
    ['set_variables', { count: 1 }],
    ['workflow', { workflow: 'other', version: 1 }],
    ['stop', { outcome: 'failed' }],
  ])('makes a %s that a draft takes, and that goes by the same id', (actionId, params) => {
    const step = newStep({ actionId, params }, catalog, new Set());
    const draft = workingDraft(null, { actions: catalog, limits: { steps: 500 } });
    const { definition } = draft.apply([{ op: 'insert', step, at: { last: true } }]);
    expect(definition.steps.map((each) => actionIdOf(each, catalog))).toEqual([actionId]);
  });

  test('lets parameters set neither id nor kind', () => {
    const params = { id: 'mine', kind: 'action', duration: 'PT1H' };
    expect(newStep({ actionId: 'wait_timer', params }, catalog, new Set())).toEqual({
      id: 'wait_timer',
      kind: 'wait',
      duration: 'PT1H',
    });
  });
});
