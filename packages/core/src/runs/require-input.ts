import { WorkflowError } from '../errors.js';
import type { Json } from '../json.js';
import { type CheckedInput, checkInput } from '../workflow/check-input.js';
import type { Definition } from '../workflow/definition.js';

/** A run's input with its defaults. Throws `invalid_input` with details `{problems}`, one a field. */
export const requireInput = (definition: Definition, input: Json | undefined): Json =>
  requireFit(checkInput(definition.inputs, input ?? {}));

/** The value of an input that has been checked. Throws as {@link requireInput} does. */
export const requireFit = ({ value, problems }: CheckedInput): Json => {
  const first = problems.find(({ severity }) => severity === 'error');
  if (!first) return value;
  const rest = problems.length > 1 ? ` (and ${problems.length - 1} more, see problems)` : '';
  throw new WorkflowError('invalid_input', `${first.message}${rest}`, { details: { problems } });
};
