import {
  ApplicationFailure,
  ChildWorkflowCancellationType,
  ChildWorkflowFailure,
  executeChild,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { ActionAnswer, SubRunCall } from '../../../interpreter/runtime.js';
import { definitionLimits } from '../../../workflow/limits.js';
import {
  definitionKey,
  memoOf,
  messages,
  type OwnActivities,
  type RunArguments,
  type RunRecord,
  shownBy,
  workflowType,
} from '../common/contract.js';
import { isTooLarge } from '../common/payload-size.js';
import type { TaskBudget } from './task-budget.js';

/** By a worker, outside the sandbox: what checks schemas would be a tenth of the workflow's code. */
const { checkSubRunInput } = proxyLocalActivities<OwnActivities>({ startToCloseTimeout: '10s' });

/** Runs another workflow as a child. Its definition came with the arguments: a workflow reads no store. */
export const performSubRun = async (
  parent: RunArguments,
  call: SubRunCall,
  budget: TaskBudget,
): Promise<ActionAnswer> => {
  const { runId, path, attempt, workflow, version } = call;
  const depth = (parent.run.parent?.depth ?? 0) + 1;
  if (depth >= definitionLimits.workflowDepth) {
    const most = definitionLimits.workflowDepth;
    return refused('workflow_depth', `Workflows run one another at most ${most} deep.`);
  }
  const key = definitionKey(workflow, version);
  const definition = Object.hasOwn(parent.definitions, key) ? parent.definitions[key] : undefined;
  if (!definition) {
    return refused('unknown_workflow', `There is no workflow "${workflow}" of version ${version} any more.`);
  }
  if (!parent.storesLarge && isTooLarge(call.input)) return tooLarge(workflow);
  const { input, problem } = await checkSubRunInput(definition, call.input);
  budget.spend(input);
  if (problem !== undefined) return refused('invalid_input', problem);
  const { journal: _, ...args } = parent;
  const run = {
    runId,
    workflowId: workflow,
    version,
    status: 'running',
    input,
    startedAt: new Date(Date.now()).toISOString(),
    ...(parent.run.tenant === undefined ? {} : { tenant: parent.run.tenant }),
    parent: { runId: parent.run.runId, path, attempt, depth },
  } as const;
  try {
    const child: RunArguments = { ...args, run, definition };
    const memo = memoOf(run);
    if (!budget.take(child) || !budget.take(memo)) return tooLarge(workflow);
    const record: RunRecord = await executeChild(workflowType, {
      workflowId: runId,
      args: [child],
      memo,
      ...shownBy(run, parent),
      // Given up, it is told so and compensates; it is never just cut off.
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
      staticSummary: definition.name,
    });
    budget.renew();
    return answerOf(runId, record);
  } catch (error) {
    return failureOf(error);
  }
};

/** Tells a sub-run that was given up to cancel; one that has ended is left alone. */
export const cancelSubRun = async (parentId: string, runId: string): Promise<void> => {
  const reason = `The run "${parentId}" has given it up.`;
  await getExternalWorkflowHandle(runId)
    .signal(messages.cancel, reason)
    // The only failure there is: it does not run any more.
    .catch(() => undefined);
};

const answerOf = (runId: string, { status, output }: RunRecord): ActionAnswer =>
  status === 'cancelled'
    ? refused('cancelled', `The run "${runId}" was cancelled.`)
    : { ok: true, output: output ?? null };

const failureOf = (error: unknown): ActionAnswer => {
  const cause = error instanceof ChildWorkflowFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    const { type, message } = cause;
    return { ok: false, error: { code: type ?? 'action_failed', message }, retryable: true };
  }
  return refused('terminated', 'The run was ended in Temporal, not through this API.');
};

const tooLarge = (workflow: string): ActionAnswer =>
  refused(
    'input_too_large',
    `The input of "${workflow}" is too large, or the inputs of the steps that begin with it together are.`,
  );

const refused = (code: string, message: string): ActionAnswer => ({
  ok: false,
  error: { code, message },
  retryable: false,
});
