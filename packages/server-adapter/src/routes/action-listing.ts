import type { Catalog } from '@fk-workflow/core';
import type { ActionListing, ActionsAnswer } from '@fk-workflow/core/protocol';
import { configFields } from './config-fields.js';

type ActionSpec = ReturnType<Catalog['all']>[number];

/** The catalog as `GET /api/actions` shows it: categories and actions in the catalog's order. */
export const listActions = (catalog: Catalog): ActionsAnswer => {
  const actions = catalog.all();
  const categories = new Map<string, ActionSpec[]>();
  for (const action of actions) {
    const group = categories.get(action.category);
    if (group) group.push(action);
    else categories.set(action.category, [action]);
  }
  return {
    total: actions.length,
    categories: Object.fromEntries(
      [...categories].map(([category, group]) => [category, group.map(listing)]),
    ),
  };
};

const listing = (action: ActionSpec): ActionListing => ({
  id: action.id,
  name: action.name,
  description: action.description,
  icon: action.icon ?? '',
  color: action.color ?? '',
  action_count: 1,
  category: action.category,
  config_fields: configFields(action.inputSchema),
  branches: action.branches ?? [],
  input_schema: action.inputSchema,
  output_schema: action.outputSchema,
  effect: action.effect,
});
