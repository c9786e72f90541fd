import type { WorkflowExecutionInfo } from '@temporalio/client';
import { isRecord, type Json } from '../../../json.js';
import type { Run, RunStatus } from '../../../workflow/run.js';
import {
  type RunMemo,
  type RunRecord,
  type ScheduledMemo,
  scheduleTrigger,
  searchAttributes,
  workflowType,
} from '../common/contract.js';

/** The parts of Temporal's description of a run that are read here. */
export type Described = Pick<
  WorkflowExecutionInfo,
  | 'type'
  | 'workflowId'
  | 'runId'
  | 'taskQueue'
  | 'historyLength'
  | 'status'
  | 'memo'
  | 'startTime'
  | 'closeTime'
  | 'searchAttributes'
>;

/**
 * A run of ours, as it was started; undefined for a workflow that is somebody else's. The input of a scheduled run that no
 * worker has begun is null: it is not made yet.
 */
export const startedRow = (described: Described): Omit<Run, 'status'> | undefined => {
  const { type, workflowId: runId, memo, startTime, searchAttributes: attributes } = described;
  if (type !== workflowType) return undefined;
  if (isRunMemo(memo)) return { runId, ...memo };
  if (!isScheduledMemo(memo)) return undefined;
  const trigger = scheduleTrigger(attributes, startTime);
  return { runId, ...memo, input: null, trigger, startedAt: startTime.toISOString() };
};

/** The run as it ended. */
export const endedRun = (row: Omit<Run, 'status'>, { events: _, ...record }: RunRecord): Run => ({
  ...row,
  ...record,
});

/** Whether Temporal says that it has ended. */
export const hasEnded = ({ status }: Described): boolean =>
  status.name !== 'RUNNING' && status.name !== 'PAUSED' && status.name !== 'CONTINUED_AS_NEW';

/** The status of an open run as its search attribute has it; `running` without one. */
export const openStatus = ({ searchAttributes: shown }: Described): RunStatus =>
  shown[searchAttributes.status]?.[0] === 'waiting' ? 'waiting' : 'running';

const isRunMemo = (
  memo: { readonly [name: string]: unknown } | undefined,
): memo is RunMemo & { readonly input: Json } =>
  isScheduledMemo(memo) && 'startedAt' in memo && typeof memo.startedAt === 'string' && 'input' in memo;

const isScheduledMemo = (memo: unknown): memo is ScheduledMemo =>
  isRecord(memo) && typeof memo.workflowId === 'string' && typeof memo.version === 'number';
