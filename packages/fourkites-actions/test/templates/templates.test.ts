import { validateDefinition } from '@fk-workflow/core/workflow';
import { workflowTemplates } from '@fk-workflow/fourkites-actions';
import { describe, expect, test } from 'vitest';
import { setup } from '../support/setup.js';

const { catalog } = setup();

describe('the templates', () => {
  test('are these four', () => {
    expect(workflowTemplates.map(({ id }) => id)).toEqual([
      'late-delivery-notifier',
      'bol-document-extractor',
      'delayed-shipment-alert',
      'appointment-reschedule-with-approval',
    ]);
  });

  test.each([
    ['late-delivery-notifier', []],
    ['bol-document-extractor', []],
    ['delayed-shipment-alert', []],
    ['appointment-reschedule-with-approval', []],
  ])('%s is valid, with these warnings: %j', (id, warnings) => {
    const template = workflowTemplates.find((one) => one.id === id);
    const { problems } = validateDefinition(template, { actions: catalog });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(warnings);
  });

  test.each(workflowTemplates)('$id is plain JSON, and says what it is for', (template) => {
    expect(JSON.parse(JSON.stringify(template))).toEqual(template);
    expect(template.description?.length).toBeGreaterThan(40);
  });
});
