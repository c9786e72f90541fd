import { CancellationScope, proxyLocalActivities, upsertMemo, workflowInfo } from '@temporalio/workflow';
import type { RunError } from '../../../workflow/run.js';
import {
  memoOf,
  type OwnActivities,
  type RunArguments,
  type ScheduledArguments,
  scheduleTrigger,
} from '../common/contract.js';

const { prepareScheduledRun } = proxyLocalActivities<OwnActivities>({ startToCloseTimeout: '10s' });

/**
 * Makes a run of what a schedule has started, and completes its memo, so that it is listed and read like any other, without
 * a worker too. With `error` its input does not fit.
 */
export const beginScheduled = async ({
  scheduled,
  ...given
}: ScheduledArguments): Promise<{ readonly args: RunArguments; readonly error?: RunError }> => {
  const { workflowId: runId, startTime, searchAttributes } = workflowInfo();
  const trigger = scheduleTrigger(searchAttributes, startTime);
  // A cancel comes after it, as it does in any other run.
  const { input, actions, error } = await CancellationScope.nonCancellable(() =>
    prepareScheduledRun(given, trigger),
  );
  const run = {
    runId,
    workflowId: given.definition.id,
    version: scheduled,
    status: 'running',
    input,
    trigger,
    startedAt: startTime.toISOString(),
  } as const;
  upsertMemo(memoOf(run));
  return { args: { ...given, actions, run }, ...(error ? { error } : {}) };
};
