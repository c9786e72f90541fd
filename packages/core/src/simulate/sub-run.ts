/** What a sub-workflow's step gets of its run, as where it runs for real. */
import type { ActionAnswer, SubRunCall } from '../interpreter/runtime.js';
import { subRunInput } from '../interpreter/sub-run.js';
import type { Json } from '../json.js';
import type { Definition } from '../workflow/definition.js';
import { definitionLimits } from '../workflow/limits.js';
import type { RunEventBody } from '../workflow/run.js';
import type { WorkflowLookup } from '../workflow/workflow-lookup.js';

/** The event that ends the log of a run. */
export type LastEvent = Extract<RunEventBody, { type: 'run.succeeded' | 'run.failed' | 'run.cancelled' }>;

/** The event as the last one, if it is. */
export const asLastEvent = (event: RunEventBody): LastEvent | undefined =>
  event.type === 'run.succeeded' || event.type === 'run.failed' || event.type === 'run.cancelled'
    ? event
    : undefined;

/** What a call runs, or why it cannot; `depth` counts the runs above. */
export const subRunOf = (
  { workflow, version, input }: SubRunCall,
  depth: number,
  workflows: Pick<WorkflowLookup, 'get'>,
): { readonly definition: Definition; readonly input: Json } | ActionAnswer => {
  if (depth >= definitionLimits.workflowDepth) {
    const message = `Workflows run one another at most ${definitionLimits.workflowDepth} deep.`;
    return failed('workflow_depth', message, false);
  }
  const definition = workflows.get(workflow, version);
  if (!definition) {
    const message = `There is no workflow "${workflow}" of version ${version} any more.`;
    return failed('unknown_workflow', message, false);
  }
  const { value, problems } = subRunInput(definition, input);
  const problem = problems.find(({ severity }) => severity === 'error');
  if (!problem) return { definition, input: value };
  return failed('invalid_input', `The workflow "${workflow}" does not take this: ${problem.message}`, false);
};

/** What the end of a run means to the step. */
export const answerOf = (event: LastEvent, runId: string): ActionAnswer => {
  switch (event.type) {
    case 'run.succeeded':
      return { ok: true, output: event.output };
    case 'run.failed':
      return failed(event.error.code, event.error.message, true);
    case 'run.cancelled':
      return failed('cancelled', `The run "${runId}" was cancelled.`, false);
  }
};

const failed = (code: string, message: string, retryable: boolean): ActionAnswer => ({
  ok: false,
  error: { code, message },
  retryable,
});
