import type { Definition, Step } from '@fk-workflow/core';
import { isWrite } from './task.js';

/** A definition of `count` steps, each of which gives on two values of the step before. Default: read read write … */
export const giveOnDefinition = (count: number, writes: (index: number) => boolean = isWrite): Definition => {
  const value = (index: number, field: string): string =>
    index === 0 ? `\${{ inputs.${field} }}` : `\${{ steps.s${index - 1}.output.${field} }}`;
  return {
    id: 'give-on',
    name: 'Give on',
    inputs: {
      type: 'object',
      properties: { id: { type: 'string' }, document: {} },
      required: ['id', 'document'],
    },
    steps: Array.from(
      { length: count },
      (_, index): Step => ({
        id: `s${index}`,
        kind: 'action',
        action: writes(index) ? 'write' : 'read',
        input: { id: value(index, 'id'), document: value(index, 'document') },
      }),
    ),
    output: `\${{ steps.s${count - 1}.output }}`,
  };
};
