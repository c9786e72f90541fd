import { WorkflowError } from '../errors.js';
import { setConfig, setInputs, setMeta, setTrigger } from './apply-edits-fields.js';
import { doubleId } from './apply-edits-shape.js';
import {
  insertStep,
  moveStep,
  refuse,
  removeStep,
  replaceStep,
  unwrapStep,
  updateStep,
  wrapSteps,
} from './apply-edits-steps.js';
import type { Definition } from './definition.js';
import type { Edit, EditResult } from './edit.js';

/**
 * Applies a batch of edits, all or nothing, and gives the batch that undoes it exactly. The definition is not changed; the
 * result shares what stayed the same. Edits may come from people and models, so their shape is checked; whether the result
 * makes sense is for `validateDefinition`.
 * Throws `invalid_request`, naming the edit and what is wrong: an unknown or double step id, a move into itself, a bad pointer.
 *
 * @example
 * const { definition, inverse } = applyEdits(draft, [{ op: 'remove', id: 'pause' }]);
 * applyEdits(definition, inverse).definition; // equals draft
 */
export const applyEdits = (definition: Definition, edits: readonly Edit[]): EditResult => {
  if (!Array.isArray(edits)) refuse('The edits are a list.');
  let current = definition;
  let inverse: readonly Edit[] = [];
  for (const [index, edit] of edits.entries()) {
    try {
      const result = applyEdit(current, edit);
      const double = doubleId(result.definition);
      if (double !== undefined)
        refuse(`There would be two steps with the id "${double}". Choose another id.`);
      current = result.definition;
      inverse = [...result.inverse, ...inverse];
    } catch (error) {
      if (!WorkflowError.is(error)) throw error;
      throw new WorkflowError('invalid_request', `Edit ${index + 1} (${edit?.op}): ${error.message}`, {
        details: { edit: index },
      });
    }
  }
  return { definition: current, inverse };
};

const applyEdit = (definition: Definition, edit: Edit): EditResult => {
  switch (edit?.op) {
    case 'insert':
      return insertStep(definition, edit);
    case 'remove':
      return removeStep(definition, edit);
    case 'replace':
      return replaceStep(definition, edit);
    case 'update':
      return updateStep(definition, edit);
    case 'move':
      return moveStep(definition, edit);
    case 'wrap':
      return wrapSteps(definition, edit);
    case 'unwrap':
      return unwrapStep(definition, edit);
    case 'setTrigger':
      return setTrigger(definition, edit);
    case 'setInputs':
      return setInputs(definition, edit);
    case 'setConfig':
      return setConfig(definition, edit);
    case 'setMeta':
      return setMeta(definition, edit);
    default:
      return refuse(
        'There is no such edit. Use insert, remove, replace, update, move, wrap, unwrap, setTrigger, setInputs, setConfig or setMeta.',
      );
  }
};
