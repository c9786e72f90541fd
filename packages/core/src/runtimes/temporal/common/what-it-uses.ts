import type { DefinitionOf } from '../../../ports/workflow-store.js';
import type { ActionLookup, ActionSpec } from '../../../workflow/action-spec.js';
import type { Definition } from '../../../workflow/definition.js';
import { walkSteps } from '../../../workflow/walk.js';
import { definitionKey, type RunArguments } from './contract.js';

/**
 * What a run of a definition needs besides it, since a workflow looks nothing up: the definitions of its sub-runs, theirs
 * included, and the specs of all the actions that they call or undo.
 */
export const whatItUses = async (
  definition: Definition,
  catalog: ActionLookup,
  definitionOf: DefinitionOf,
): Promise<Pick<RunArguments, 'definitions' | 'actions'>> => {
  const definitions = new Map<string, Definition>();
  const actions = new Map<string, ActionSpec>();

  const addAction = (name: string): void => {
    const spec = actions.has(name) ? undefined : catalog.get(name);
    if (!spec) return;
    actions.set(name, bare(spec));
    if (spec.compensate) addAction(spec.compensate.action);
  };

  const open = [definition];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { step } of walkSteps(next.steps)) {
      if (step.kind === 'action') {
        addAction(step.action);
        if (step.compensate) addAction(step.compensate.action);
      } else if (step.kind === 'workflow') {
        const key = definitionKey(step.workflow, step.version);
        const found = definitions.has(key) ? undefined : await definitionOf(step.workflow, step.version);
        if (!found) continue;
        definitions.set(key, found);
        open.push(found);
      }
    }
  }
  return { definitions: Object.fromEntries(definitions), actions: Object.fromEntries(actions) };
};

/** Without what only people and models read. */
const bare = (spec: ActionSpec): ActionSpec => {
  const { id, name, category, effect, idempotent, inputSchema, timeout, compensate } = spec;
  return {
    id,
    name,
    description: '',
    category,
    effect,
    idempotent,
    inputSchema,
    outputSchema: {},
    ...(timeout === undefined ? {} : { timeout }),
    ...(compensate === undefined ? {} : { compensate }),
  };
};
