import { WorkflowError } from '../../../errors.js';
import { subRunInput } from '../../../interpreter/sub-run.js';
import { triggerInput } from '../../../interpreter/trigger-input.js';
import type { Json } from '../../../json.js';
import type { ActionLookup } from '../../../workflow/action-spec.js';
import type { Definition } from '../../../workflow/definition.js';
import type { RunError } from '../../../workflow/run.js';
import { definitionKey, type OwnActivities } from '../common/contract.js';
import { whatItUses } from '../common/what-it-uses.js';

/** Makes what the workflow leaves to a worker besides actions. */
export const createOwnActivities = (catalog: ActionLookup): OwnActivities => ({
  async checkSubRunInput(definition, given) {
    const { value: input, problems } = subRunInput(definition, given);
    const problem = problems.find(({ severity }) => severity === 'error');
    return { input, ...(problem ? { problem: problem.message } : {}) };
  },
  async prepareScheduledRun({ definition, definitions }, trigger) {
    const { actions } = await whatItUses(definition, catalog, async (workflow, version) => {
      const key = definitionKey(workflow, version);
      return Object.hasOwn(definitions, key) ? definitions[key] : undefined;
    });
    return { actions, ...inputOf(definition, trigger) };
  },
});

const inputOf = (
  definition: Definition,
  trigger: Json,
): { readonly input: Json; readonly error?: RunError } => {
  try {
    const { value: input, problems } = triggerInput(definition, trigger);
    const problem = problems.find(({ severity }) => severity === 'error');
    return problem ? { input, error: { code: 'invalid_input', message: problem.message } } : { input };
  } catch (error) {
    if (!WorkflowError.is(error)) throw error;
    return { input: null, error: { code: error.code, message: error.message } };
  }
};
