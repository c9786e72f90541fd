import type { WorkflowExecutionInfo } from '@temporalio/client';
import { isRecord, type Json } from '../../../json.js';
import type { Run, RunStatus } from '../../../workflow/run.js';
import { type RunMemo, type RunRecord, searchAttributes, workflowType } from '../common/contract.js';

/** The parts of Temporal's description of a run that are read here. */
export type Described = Pick<
  WorkflowExecutionInfo,
  | 'type'
  | 'workflowId'
  | 'runId'
  | 'taskQueue'
  | 'status'
  | 'memo'
  | 'startTime'
  | 'closeTime'
  | 'searchAttributes'
>;

/** A run of ours, as it was started; undefined for a workflow that is somebody else's. */
export const startedRow = ({ type, workflowId, memo }: Described): Omit<Run, 'status'> | undefined =>
  type === workflowType && isRunMemo(memo) ? { runId: workflowId, ...memo } : undefined;

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
  isRecord(memo) &&
  typeof memo.workflowId === 'string' &&
  typeof memo.version === 'number' &&
  typeof memo.startedAt === 'string' &&
  'input' in memo;
