import { WorkflowError } from '../../errors.js';
import type { AgentTool } from './tool.js';

/** Says what the draft still lacks. */
export const validateWorkflowCompleteness: AgentTool = {
  name: 'validate_workflow_completeness',
  description: 'Checks the draft: whether it could be saved and run as it is, and what is wrong with it.',
  inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  run(_args, { draft }) {
    const current = draft.current();
    if (!current)
      throw new WorkflowError('invalid_request', 'Nothing is drafted yet: call create_workflow_json.');
    const { problems } = current;
    return { complete: !problems.some(({ severity }) => severity === 'error'), problems };
  },
};
