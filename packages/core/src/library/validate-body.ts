import { WorkflowError } from '../errors.js';
import type { WorkflowStore } from '../ports/workflow-store.js';
import type { ValidateAnswer } from '../protocol/workflows.js';
import type { ActionLookup } from '../workflow/action-spec.js';
import type { Definition, TriggerKind } from '../workflow/definition.js';
import { fromNodeList } from '../workflow/node-list/from-node-list.js';
import { isNodeList } from '../workflow/node-list/is-node-list.js';
import type { Problem } from '../workflow/problem.js';
import { type Validation, validateDefinition } from '../workflow/validate.js';
import { walkSteps } from '../workflow/walk.js';
import { savedWorkflows } from './saved-workflows.js';

/** What definitions are checked against. */
export interface CheckDeps {
  readonly actions: ActionLookup;
  readonly workflows: Pick<WorkflowStore, 'get'>;
  readonly limits: { readonly steps: number };
  /** See `ValidationOptions.triggers`. */
  readonly triggers?: ReadonlySet<TriggerKind> | undefined;
}

/** Checks a definition, also against the saved workflows that it runs. */
export const checkSaved = async (value: unknown, deps: CheckDeps): Promise<Validation> => {
  const { actions, limits, triggers } = deps;
  const options = { actions, limits, triggers };
  const alone = validateDefinition(value, options);
  const { definition } = alone;
  if (!definition || !runsWorkflows(definition)) return alone;
  const workflows = await savedWorkflows(definition, deps.workflows);
  return validateDefinition(value, { ...options, workflows });
};

/** Checks a definition, or a node list by way of its conversion. Takes any value: problems are data. */
export const validateBody = async (value: unknown, deps: CheckDeps): Promise<ValidateAnswer> => {
  if (!isNodeList(value)) {
    const { problems } = await checkSaved(value, deps);
    return { valid: !problems.some(isError), problems };
  }
  try {
    const converted = fromNodeList(value, deps.actions);
    const checked = await checkSaved(converted.definition, deps);
    const problems = [...converted.problems, ...checked.problems];
    return { valid: !problems.some(isError), problems, definition: converted.definition };
  } catch (error) {
    if (!WorkflowError.is(error) || error.status >= 500) throw error;
    const problem: Problem = { code: error.code, severity: 'error', path: '', message: error.message };
    return { valid: false, problems: [problem] };
  }
};

/** The definition, normalised, when it has no error. Throws `invalid_definition` with details `{problems}`. */
export const requireValid = async (value: unknown, deps: CheckDeps): Promise<Definition> => {
  const { definition, problems } = await checkSaved(value, deps);
  const errors = problems.filter(isError);
  if (definition && errors.length === 0) return definition;
  const rest = errors.length > 1 ? ` (and ${errors.length - 1} more, see problems)` : '';
  throw new WorkflowError(
    'invalid_definition',
    `${errors[0]?.message ?? 'The definition cannot be read.'}${rest}`,
    { details: { problems } },
  );
};

/** Whether it has a step that runs another workflow. */
export const runsWorkflows = ({ steps }: Definition): boolean =>
  [...walkSteps(steps)].some(({ step }) => step.kind === 'workflow');

const isError = ({ severity }: Problem): boolean => severity === 'error';
