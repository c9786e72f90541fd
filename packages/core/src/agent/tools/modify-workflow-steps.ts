import { WorkflowError } from '../../errors.js';
import { describeEdits } from '../../workflow/diff/describe-edits.js';
import { diff } from '../../workflow/diff/diff.js';
import type { Edit } from '../../workflow/edit.js';
import { numberedSteps } from '../numbered-steps.js';
import { emptyDefinition } from '../working-draft.js';
import { optionalList } from './arguments.js';
import { readEdits } from './read-edits.js';
import { stepModification } from './step-modification.js';
import type { AgentTool, ToolContext } from './tool.js';

/** Changes the draft. */
export const modifyWorkflowSteps: AgentTool = {
  name: 'modify_workflow_steps',
  description: [
    'Changes the draft by edits, all or none. Name only what changes: every other step stays as it is.',
    'Edits: {op:"insert", step, at} · {op:"remove", id} · {op:"replace", id, step} ·',
    '{op:"update", id, set:{"/input/field": value}, unset?:["/input/field"]} · {op:"move", id, at} ·',
    '{op:"wrap", ids, in, list?} · {op:"unwrap", id, list?} · {op:"setTrigger", trigger} · {op:"setInputs", inputs} ·',
    '{op:"setConfig", config} · {op:"setMeta", set:{name?, description?, output?}}.',
    '`at` is {after: id}, {before: id}, {first: true} or {last: true}; the last two may add in: {id, list}, list being',
    '"cases/0", "otherwise", "branches/0", "steps" or "onError".',
    'Or, by step numbers in reading order: modification_type add | remove | update | reorder with details.',
    'Answers the steps, what was applied and the problems that are left.',
  ].join(' '),
  inputSchema: {
    type: 'object',
    properties: {
      edits: {
        type: 'array',
        items: { type: 'object', properties: { op: { type: 'string' } }, required: ['op'] },
      },
      modification_type: { type: 'string', enum: ['add', 'remove', 'update', 'reorder'] },
      details: {
        description:
          'add {action_id, params, insert_after?} · remove {step_number} · update {step_number, params} · reorder {from_position, to_position}',
      },
      current_steps: { description: 'Not needed: the draft is what counts.' },
    },
    additionalProperties: false,
  },
  run(args, context) {
    const { draft, actions } = context;
    const current = draft.current()?.definition;
    const given = optionalList(args, 'edits');
    const edits = given ? readEdits(given, current) : modification(args, context);
    const { definition, problems } = draft.apply(edits);
    // What is claimed comes from what really changed, not from what was asked for.
    const before = current ?? emptyDefinition;
    return {
      success: true,
      updated_steps: numberedSteps(definition, actions).map(({ step: _, ...shown }) => shown),
      applied: describeEdits(diff(before, definition), before, actions),
      problems,
    };
  },
};

const modification = (args: Parameters<AgentTool['run']>[0], context: ToolContext): readonly Edit[] => {
  if (args.modification_type !== undefined) return [stepModification(args, context)];
  throw new WorkflowError('invalid_request', 'Give "edits", or "modification_type" with "details".');
};
