import { WorkflowError } from '../../errors.js';
import type { Json, JsonObject } from '../../json.js';
import type { Definition } from '../../workflow/definition.js';
import type { Edit } from '../../workflow/edit.js';
import { stepIds, withStepIds } from '../step-ids.js';
import { isObject } from './arguments.js';

/** The edits that a model gave, with an id for every new step that has none. Throws `invalid_request`. */
export const readEdits = (given: readonly Json[], definition: Definition | undefined): readonly Edit[] => {
  if (given.length === 0)
    throw new WorkflowError('invalid_request', '"edits" is empty: name what to change.');
  const taken = stepIds(definition);
  return given.map((value, index) => {
    if (isObject(value) && typeof value.op === 'string')
      return uncheckedEdit(withStepIds(keepId(value), taken));
    throw new WorkflowError('invalid_request', `edits[${index}] must be an object with "op".`);
  });
};

/** A step that replaces another one keeps its id. */
const keepId = (edit: JsonObject): JsonObject => {
  const { op, id, step = null } = edit;
  return op === 'replace' && id !== undefined && isObject(step) ? { ...edit, step: { id, ...step } } : edit;
};

/** Edge: `applyEdits` checks the shape of every edit and names the one that is wrong. */
const uncheckedEdit = (value: unknown): Edit => value as Edit;
