import type { ActionListing, ActionsAnswer } from '@fk-workflow/core/protocol';
import type { ActionLookup, ActionSpec } from '@fk-workflow/core/workflow';

/** The host's actions as the canvas uses them. */
export interface WidgetCatalog {
  readonly lookup: ActionLookup;
  readonly categories: readonly { readonly name: string; readonly count: number }[];
  readonly total: number;
}

/** The catalog of an answer of `GET /api/actions`. */
export const catalogOf = ({ categories }: ActionsAnswer): WidgetCatalog => {
  const groups = Object.entries(categories);
  const byId = new Map(groups.flatMap(([, group]) => group.map((action) => [action.id, specOf(action)])));
  return {
    lookup: { get: (id) => byId.get(id), all: () => [...byId.values()] },
    categories: groups.map(([name, group]) => ({ name, count: group.length })),
    total: byId.size,
  };
};

const specOf = (action: ActionListing): ActionSpec => ({
  id: action.id,
  name: action.name,
  description: action.description,
  category: action.category,
  icon: action.icon,
  effect: action.effect,
  idempotent: false,
  inputSchema: action.input_schema,
  outputSchema: action.output_schema,
});
