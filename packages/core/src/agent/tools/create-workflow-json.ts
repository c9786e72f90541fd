import { WorkflowError } from '../../errors.js';
import type { JsonObject } from '../../json.js';
import { outline } from '../../workflow/outline.js';
import { withStepIds } from '../step-ids.js';
import { isObject, object } from './arguments.js';
import type { AgentTool } from './tool.js';

/** Drafts the whole workflow. */
export const createWorkflowJson: AgentTool = {
  name: 'create_workflow_json',
  description:
    'Drafts a whole workflow. Only for the first draft: change an existing one with modify_workflow_steps, so that what the person has stays as it is. `replace: true` starts anew, when the person asks for that. Answers the problems that are left.',
  inputSchema: {
    type: 'object',
    properties: {
      definition: {
        type: 'object',
        description: 'The definition, in the shape the instructions give.',
        properties: {
          name: { type: 'string' },
          description: { type: 'string' },
          id: { type: 'string' },
          trigger: { type: 'object' },
          inputs: { type: 'object' },
          config: { type: 'object' },
          steps: { type: 'array', items: { type: 'object' } },
          output: {},
        },
        required: ['name', 'steps'],
      },
      replace: { type: 'boolean', description: 'Whether to drop the present draft.' },
    },
    required: ['definition'],
    additionalProperties: false,
  },
  run(args, { draft, actions }) {
    if (draft.current() && args.replace !== true) {
      throw new WorkflowError(
        'invalid_request',
        'There is a draft already. Change it with modify_workflow_steps, or pass replace: true if the person wants to start anew.',
      );
    }
    const given = object(args, 'definition');
    const { definition, problems } = draft.create(withId(given));
    return { success: true, problems, outline: outline(definition, actions) };
  },
};

const withId = (given: JsonObject): JsonObject => {
  const filled = withStepIds(given, new Set());
  const definition = isObject(filled) ? filled : given;
  return { id: slug(definition.name), ...definition };
};

const slug = (name: unknown): string =>
  (typeof name === 'string' ? name : '')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '') || 'workflow';
