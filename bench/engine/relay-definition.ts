import type { Definition, Step } from '@fk-workflow/core/workflow';

/** A definition of `count` steps, each of which passes on the two values of the step before. Step ids start with `prefix`. */
export const relayDefinition = (count: number, prefix = 's'): Definition => {
  const value = (index: number, field: string): string =>
    index === 0 ? `\${{ inputs.${field} }}` : `\${{ steps.${prefix}${index - 1}.output.${field} }}`;
  return {
    id: 'relay',
    name: 'Relay',
    inputs: {
      type: 'object',
      properties: { id: { type: 'string' }, document: {} },
      required: ['id', 'document'],
    },
    steps: Array.from(
      { length: count },
      (_, index): Step => ({
        id: `${prefix}${index}`,
        kind: 'action',
        action: 'relay',
        input: { id: value(index, 'id'), document: value(index, 'document') },
      }),
    ),
  };
};
