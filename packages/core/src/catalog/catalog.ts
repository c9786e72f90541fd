import { WorkflowError } from '../errors.js';
import type { ActionLookup, ActionSpec } from '../workflow/action-spec.js';
import type { Action } from './action.js';

/**
 * The host's actions. Immutable; ids and aliases are unique.
 *
 * @example
 * const catalog = createCatalog([getEta, notifyUsers]);
 */
export interface Catalog extends ActionLookup {
  /** The action of an id or alias. */
  action(id: string): Action | undefined;
}

/** Makes a {@link Catalog}. Throws `configuration` when two actions share an id or an alias, or a compensation is unknown. */
export const createCatalog = (actions: readonly Action[]): Catalog => {
  const byId = new Map<string, Action>();
  for (const action of actions) {
    for (const id of [action.spec.id, ...(action.spec.aliases ?? [])]) {
      if (byId.has(id))
        throw new WorkflowError('configuration', `Two actions of the catalog are called "${id}".`);
      byId.set(id, action);
    }
  }
  for (const { spec } of actions) {
    if (spec.compensate && !byId.has(spec.compensate.action)) {
      throw new WorkflowError(
        'configuration',
        `The action "${spec.id}" is undone by "${spec.compensate.action}", which the catalog does not have.`,
      );
    }
  }
  const specs: readonly ActionSpec[] = actions.map((action) => action.spec);
  return {
    action: (id) => byId.get(id),
    get: (id) => byId.get(id)?.spec,
    all: () => specs,
  };
};
