import { describe, expect, test } from 'vitest';
import { triggerInput } from '../../src/interpreter/trigger-input.js';
import type { Definition } from '../../src/workflow/definition.js';

const definition = (input?: { readonly [name: string]: string }): Definition => ({
  id: 'w',
  name: 'W',
  trigger: { kind: 'webhook', ...(input ? { input } : {}) },
  inputs: {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, copies: { type: 'number', default: 2 } },
  },
  steps: [],
});

describe('the input of a triggered run', () => {
  test('is what the templates make of the trigger, with defaults; where it takes text, a number becomes text', () => {
    expect(triggerInput(definition({ id: '${{ trigger.body.id }}' }), { body: { id: 7 } })).toEqual({
      value: { id: '7', copies: 2 },
      problems: [],
    });
  });

  test('is told what does not fit', () => {
    expect(triggerInput(definition(), null).problems).toMatchObject([{ code: 'missing_input', path: '/id' }]);
  });

  test('sees the trigger alone', () => {
    expect(() => triggerInput(definition({ id: '${{ inputs.id }}' }), null)).toThrow(
      expect.objectContaining({ code: 'expression_failed' }),
    );
  });
});
