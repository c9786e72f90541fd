import { WorkflowError } from '../../errors.js';
import { optionalTexts } from './arguments.js';
import type { AgentTool } from './tool.js';

/** Questions that are asked at once at most. */
const maxQuestions = 10;

/** Notes what the agent needs to know. */
export const generateClarifyingQuestions: AgentTool = {
  name: 'generate_clarifying_questions',
  description:
    'Notes the questions whose answers you need before the workflow can be completed. Ask only for what nothing else tells you, and put the same questions into your reply. An empty list says that nothing is open.',
  inputSchema: {
    type: 'object',
    properties: {
      questions: {
        type: 'array',
        items: { type: 'string' },
        maxItems: maxQuestions,
        description: 'One question each.',
      },
    },
    required: ['questions'],
    additionalProperties: false,
  },
  run(args, { ask }) {
    const given = optionalTexts(args, 'questions');
    if (!given) throw new WorkflowError('invalid_request', '"questions" must be a list of strings.');
    const questions = given.map((question) => question.trim()).filter(Boolean);
    if (questions.length > maxQuestions) {
      throw new WorkflowError('invalid_request', `Ask at most ${maxQuestions} questions at once.`);
    }
    ask(questions);
    return { questions };
  },
};
