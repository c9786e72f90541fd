import { analyzeRequirementAndMapActions } from './analyze-requirement.js';
import { createWorkflowJson } from './create-workflow-json.js';
import { generateClarifyingQuestions } from './generate-clarifying-questions.js';
import { getAvailableActions } from './get-available-actions.js';
import { modifyWorkflowSteps } from './modify-workflow-steps.js';
import { readRequirementDocument } from './read-requirement-document.js';
import type { AgentTool } from './tool.js';
import { validateWorkflowCompleteness } from './validate-workflow-completeness.js';

/** Every tool of the agent, under the names the first version gave them. */
export const agentTools: readonly AgentTool[] = [
  readRequirementDocument,
  getAvailableActions,
  analyzeRequirementAndMapActions,
  generateClarifyingQuestions,
  createWorkflowJson,
  validateWorkflowCompleteness,
  modifyWorkflowSteps,
];
