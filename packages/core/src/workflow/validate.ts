import type { ActionLookup } from './action-spec.js';
import type { Definition, TriggerKind } from './definition.js';
import { definitionLimits } from './limits.js';
import type { Problem } from './problem.js';
import { checkDefinition } from './validate/check-definition.js';
import { servedByDefault } from './validate/check-trigger.js';
import { createProblemList } from './validate/problem-list.js';
import { readDefinition } from './validate/read-definition.js';
import type { WorkflowLookup } from './workflow-lookup.js';

/** What a definition is checked against. */
export interface ValidationOptions {
  readonly actions: ActionLookup;
  /** Saved workflows, to check steps of kind `workflow` against. Without it, these are checked on their own only. */
  readonly workflows?: WorkflowLookup;
  /** The kinds of triggers that start runs on the server; others get a warning. Default: all but `poll`. */
  readonly triggers?: ReadonlySet<TriggerKind> | undefined;
  readonly limits?: {
    /** Steps of a definition. Default 500. */
    readonly steps?: number;
  };
}

/** What validation found. */
export interface Validation {
  /**
   * The definition in its normal form (durations in ISO 8601, action aliases resolved). Present when the structure is sound,
   * also with errors of meaning, so that edits can mend it.
   */
  readonly definition: Definition | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Checks any value as a definition: its structure, then, when that is sound, what it means (actions, inputs, references,
 * types). Every problem has a stable code, a JSON Pointer and a sentence; many have a `fix`, whose edits solve it.
 * Lists at most 200 errors and 200 warnings, and a million characters of fixes. More templates than 40 for each step that a
 * definition may have are refused. Never throws, and takes bounded time whatever comes in.
 *
 * @example
 * const { definition, problems } = validateDefinition(body, { actions: catalog });
 * const valid = !problems.some(({ severity }) => severity === 'error');
 */
export const validateDefinition = (value: unknown, options: ValidationOptions): Validation => {
  const { actions, workflows, triggers = servedByDefault, limits } = options;
  const problems = createProblemList();
  const definition = readDefinition(value, problems, actions, limits?.steps ?? definitionLimits.steps);
  if (definition) checkDefinition(definition, { actions, workflows, triggers }, problems);
  return { definition, problems: problems.all };
};
