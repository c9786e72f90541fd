import { describe, expect, test } from 'vitest';
import { conditionText, templateParts } from '../../src/canvas/expression-text.js';

const ref = (expression: string): string => `$\{{ ${expression} }}`;

describe('a template for people', () => {
  test('is text with references in words', () => {
    expect(templateParts(`Status of ${ref('inputs.facility_name')}!`)).toEqual([
      { kind: 'text', text: 'Status of ' },
      { kind: 'reference', text: 'Facility name', expression: 'inputs.facility_name' },
      { kind: 'text', text: '!' },
    ]);
  });

  test('leaves an escaped reference as text', () => {
    expect(templateParts(`$${ref('inputs.a')}`)).toEqual([{ kind: 'text', text: `$${ref('inputs.a')}` }]);
  });
});

test.each([
  ['steps.inbox.output.hasReply', 'Has reply'],
  ['!steps.inbox.output.hasReply', 'Not has reply'],
  ['steps.eta.output', 'Eta output'],
  ['steps.eta.output.delay_minutes > 120', 'Delay minutes over 120'],
  ['steps.ok.output.decision == "approved"', 'Decision is approved'],
  ['inputs.items[0].name != null', 'Name is not null'],
  ['size(inputs.items) > 2 && inputs.urgent', 'size(inputs.items) > 2 && inputs.urgent'],
])('the condition %s is told as "%s"', (expression, text) => {
  expect(conditionText(ref(expression))).toBe(text);
});
