import { WorkflowError } from '../errors.js';
import { isRecord, type Json } from '../json.js';
import { type CheckDeps, checkSaved, requireValid } from '../library/validate-body.js';
import type { Definition } from '../workflow/definition.js';
import { fromNodeList } from '../workflow/node-list/from-node-list.js';
import { isNodeList } from '../workflow/node-list/is-node-list.js';
import type { Problem } from '../workflow/problem.js';
import { requireInput } from './require-input.js';

/** What a body of the execute route comes to. */
export interface Executable {
  readonly definition: Definition;
  readonly input: Json;
  /** Warnings of the conversion. */
  readonly problems: readonly Problem[];
  /** As the node list names it. */
  readonly taskQueue?: string;
}

/**
 * Reads a body of the execute route: a node list, or `{definition, input?}`.
 * Throws `not_convertible`, `invalid_definition`, `invalid_input` or `invalid_request`.
 */
export const executable = async (body: unknown, deps: CheckDeps): Promise<Executable> => {
  if (isNodeList(body)) return converted(body, deps);
  if (!isRecord(body) || !('definition' in body)) {
    throw new WorkflowError(
      'invalid_request',
      'Send a node list {id, name, config, nodes}, or {definition, input?}.',
    );
  }
  const unknown = Object.keys(body).find((key) => key !== 'definition' && key !== 'input');
  if (unknown !== undefined) {
    throw new WorkflowError('invalid_request', `"${unknown}" is not taken: send {definition, input?}.`);
  }
  const definition = await requireValid(body.definition, deps);
  // What came through JSON.parse is JSON.
  const input = requireInput(definition, body.input as Json | undefined);
  return { definition, input, problems: [] };
};

/** The first version's client reads 400 and `detail` for whatever is wrong with its node list. */
const converted = async (body: unknown, deps: CheckDeps): Promise<Executable> => {
  const { definition, problems, taskQueue } = fromNodeList(body, deps.actions);
  const checked = await checkSaved(definition, deps);
  const errors = checked.problems.filter(({ severity }) => severity === 'error');
  if (!checked.definition || errors.length > 0) {
    throw new WorkflowError('not_convertible', errors[0]?.message ?? 'The node list cannot be read.', {
      details: { problems: checked.problems },
    });
  }
  return {
    definition: checked.definition,
    input: requireInput(checked.definition, undefined),
    problems: [...problems, ...checked.problems],
    ...(taskQueue === undefined ? {} : { taskQueue }),
  };
};
