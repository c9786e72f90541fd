import { WorkflowError } from '../../errors.js';
import type { JsonObject } from '../../json.js';
import type { At, Edit } from '../../workflow/edit.js';
import { newStep } from '../new-step.js';
import { type NumberedStep, numberedSteps } from '../numbered-steps.js';
import { stepIds } from '../step-ids.js';
import { paramsEdit } from '../step-params.js';
import { integer, object, optionalInteger, text } from './arguments.js';
import type { ToolContext } from './tool.js';

/**
 * The edit behind the first version's arguments `{modification_type, details}`. Step numbers count in reading order,
 * from 1. Throws `invalid_request` with a sentence the model can act on.
 */
export const stepModification = (args: JsonObject, { draft, actions }: ToolContext): Edit => {
  const details = object(args, 'details');
  const definition = draft.current()?.definition;
  const steps = definition ? numberedSteps(definition, actions) : [];
  const numbered = (name: string): NumberedStep => at(steps, integer(details, name));

  switch (args.modification_type) {
    case 'add': {
      const added = { actionId: text(details, 'action_id'), params: object(details, 'params') };
      const after = optionalInteger(details, 'insert_after');
      return {
        op: 'insert',
        step: newStep(added, actions, stepIds(definition)),
        at: placeAfter(steps, after),
      };
    }
    case 'remove':
      return { op: 'remove', id: numbered('step_number').id };
    case 'update': {
      const { id, step } = numbered('step_number');
      const params = object(details, 'params');
      return paramsEdit(step, params, 'merge') ?? { op: 'update', id, set: {} };
    }
    case 'reorder': {
      const [moved, target] = [numbered('from_position'), numbered('to_position')];
      const place = target.stepNumber > moved.stepNumber ? { after: target.id } : { before: target.id };
      return { op: 'move', id: moved.id, at: place };
    }
    default:
      throw new WorkflowError(
        'invalid_request',
        '"modification_type" must be add, remove, update or reorder.',
      );
  }
};

const at = (steps: readonly NumberedStep[], number: number): NumberedStep => {
  const step = steps[number - 1];
  if (step) return step;
  throw new WorkflowError(
    'invalid_request',
    steps.length === 0
      ? 'The draft has no steps yet.'
      : `There is no step ${number}: steps are numbered 1 to ${steps.length}.`,
  );
};

const placeAfter = (steps: readonly NumberedStep[], number: number | undefined): At => {
  if (number === undefined) return { last: true };
  return number === 0 ? { first: true } : { after: at(steps, number).id };
};
