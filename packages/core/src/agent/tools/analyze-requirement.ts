import { searchActions } from '../search-actions.js';
import { knownActionId } from '../step-kind-ids.js';
import { optionalTexts, text } from './arguments.js';
import type { AgentTool } from './tool.js';

/** Actions that a search suggests at most. */
const maxSuggestions = 8;

/** Checks which actions a requirement needs, against the catalog. */
export const analyzeRequirementAndMapActions: AgentTool = {
  name: 'analyze_requirement_and_map_actions',
  description:
    'Notes which actions a requirement needs, in order, and what no action covers. Ids are checked against the catalog. Without `suggested_actions` the catalog is searched by the words of the requirement.',
  inputSchema: {
    type: 'object',
    properties: {
      requirement: { type: 'string', description: 'What the person wants, in one or two sentences.' },
      suggested_actions: {
        type: 'array',
        items: { type: 'string' },
        description: 'Action ids in the order of the workflow.',
      },
      unmatched: {
        type: 'array',
        items: { type: 'string' },
        description: 'Parts of the requirement that no action covers.',
      },
    },
    required: ['requirement'],
    additionalProperties: false,
  },
  run(args, { actions }) {
    const requirement = text(args, 'requirement');
    const ids =
      optionalTexts(args, 'suggested_actions') ??
      searchActions(actions, requirement)
        .slice(0, maxSuggestions)
        .map(({ id }) => id);
    const checked = ids.map((id) => ({ id, known: knownActionId(id, actions) }));
    return {
      suggested_actions: checked.flatMap(({ known }) => known ?? []),
      unmatched: optionalTexts(args, 'unmatched') ?? [],
      unknown_actions: checked.flatMap(({ id, known }) => (known === undefined ? [id] : [])),
    };
  },
};
