import { isRecord } from '../json.js';
import type { Clock } from '../ports/clock.js';
import type { Orchestrator } from '../ports/orchestrator.js';
import type { SavedWorkflow } from '../protocol/workflows.js';
import type { Run } from '../workflow/run.js';
import type { ScheduleTrigger } from './schedule-times.js';

/** Runs of a workflow that are looked through for those that its schedule started. */
const lookedThrough = 50;

/** What reads the runs. */
interface Runs {
  readonly orchestrator: Pick<Orchestrator, 'list'>;
}

/** The newest runs that the schedule of a workflow has started, on whatever server. */
const startedBySchedule = async (workflowId: string, { orchestrator }: Runs): Promise<readonly Run[]> => {
  const { items } = await orchestrator.list({ workflowId, limit: lookedThrough });
  return items.filter((run) => scheduledAt(run) !== undefined);
};

/** How a time stands: another server may have `started` its run, an open one may be `before` it, or neither. */
export const standingOf = async (
  workflowId: string,
  time: number,
  deps: Runs,
): Promise<'started' | 'before' | 'free'> => {
  const runs = await startedBySchedule(workflowId, deps);
  if (runs.some((run) => scheduledAt(run) === time)) return 'started';
  return runs.some(({ endedAt }) => endedAt === undefined) ? 'before' : 'free';
};

/**
 * Up to when the times of a schedule are settled (ms since the epoch), as the runs say that it has started. Only a run of
 * the same version tells that the schedule was there before: without one, nothing before now is caught up.
 */
export const settledUntil = async (
  { id, version }: SavedWorkflow,
  { overlap = 'skip' }: ScheduleTrigger,
  deps: Runs & { readonly clock: Clock },
): Promise<number> => {
  const now = deps.clock.now();
  const [last] = await startedBySchedule(id, deps);
  if (last?.version !== version) return now;
  // What came while it was open was left out for good.
  const over = overlap === 'skip' && last.endedAt !== undefined ? Date.parse(last.endedAt) : 0;
  return Math.max(scheduledAt(last) ?? now, over);
};

/** When a run was to start by schedule (ms); undefined when something else started it. */
const scheduledAt = ({ trigger, retryOf }: Run): number | undefined => {
  const at = isRecord(trigger) ? trigger.scheduledAt : undefined;
  return typeof at === 'string' && retryOf === undefined ? Date.parse(at) : undefined;
};
