import { searchActions } from '../search-actions.js';
import { optionalText } from './arguments.js';
import type { AgentTool } from './tool.js';

/** Gives actions of the catalog with their schemas. */
export const getAvailableActions: AgentTool = {
  name: 'get_available_actions',
  description:
    'Lists actions of the catalog with their input and output schemas. Without arguments it lists all; `query` searches by words, `category` keeps one category.',
  inputSchema: {
    type: 'object',
    properties: {
      query: { type: 'string', description: 'Words to look for, e.g. "send mail".' },
      category: { type: 'string', description: 'A category, as the catalog names it.' },
    },
    additionalProperties: false,
  },
  run(args, { actions }) {
    const query = optionalText(args, 'query');
    const category = optionalText(args, 'category')?.toLowerCase();
    const found = query?.trim() ? searchActions(actions, query) : actions.all();
    return {
      actions: found
        .filter((action) => category === undefined || action.category.toLowerCase() === category)
        .map(({ id, name, description, category, effect, inputSchema, outputSchema }) => ({
          id,
          name,
          description,
          category,
          effect,
          input_schema: inputSchema,
          output_schema: outputSchema,
        })),
    };
  },
};
