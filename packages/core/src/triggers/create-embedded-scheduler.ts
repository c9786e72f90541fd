import type { Scheduler } from '../ports/scheduler.js';
import type { SavedWorkflow } from '../protocol/workflows.js';
import { createLiveSchedule, type LiveSchedule, type LiveScheduleDeps } from './live-schedule.js';
import { settledUntil } from './past-starts.js';

/** Milliseconds after which the wall clock is looked at again: somebody may have set it, or the machine may have slept. */
const longestWaitMs = 60_000;

/**
 * Starts runs by schedule from this process, for runtimes whose engine does not. Any number of servers may do so on one
 * database. It knows the schedules that it was told; what they have started is read from their runs.
 */
export const createEmbeddedScheduler = (deps: LiveScheduleDeps): Scheduler & { close(): void } => {
  const { clock, logger } = deps;
  const schedules = new Map<string, LiveSchedule>();
  const atWork = new Set<LiveSchedule>();
  let closed = false;
  let stopTimer = (): void => undefined;

  const put: Scheduler['put'] = async (saved) => {
    const { trigger } = saved.definition;
    if (trigger?.kind !== 'schedule') return remove(saved.id);
    if (schedules.get(saved.id)?.version === saved.version) return;
    const settled = await settledUntil(saved, trigger, deps);
    const waiting = schedules.get(saved.id)?.waiting();
    schedules.set(saved.id, createLiveSchedule(saved, trigger, { settled, waiting }, deps));
    arm();
  };

  const remove: Scheduler['remove'] = async (workflowId) => {
    schedules.delete(workflowId);
    arm();
  };

  /** One timer for all of them, at the next time of any. */
  const arm = (): void => {
    stopTimer();
    if (closed) return;
    let next = Number.POSITIVE_INFINITY;
    for (const schedule of schedules.values()) {
      if (!atWork.has(schedule)) next = Math.min(next, schedule.due() ?? next);
    }
    if (next === Number.POSITIVE_INFINITY) return;
    stopTimer = clock.after(Math.min(Math.max(0, next - clock.now()), longestWaitMs), look);
  };

  const look = (): void => {
    for (const [workflowId, schedule] of schedules) {
      const due = schedule.due();
      if (due !== undefined && due <= clock.now() && !atWork.has(schedule)) void settle(workflowId, schedule);
    }
    arm();
  };

  const settle = async (workflowId: string, schedule: LiveSchedule): Promise<void> => {
    atWork.add(schedule);
    const changed = await schedule.settle();
    if (changed !== undefined && schedules.get(workflowId) === schedule) await follow(workflowId, changed);
    atWork.delete(schedule);
    arm();
  };

  /** Another server has saved another version, or deleted the workflow. */
  const follow = async (workflowId: string, newest: SavedWorkflow | null): Promise<void> => {
    try {
      await (newest ? put(newest) : remove(workflowId));
    } catch (err) {
      logger.warn({ workflowId, err }, 'A schedule cannot be brought up to date now, and is tried again.');
    }
  };

  return {
    put,
    remove,
    scheduled: async () => new Map([...schedules].map(([id, { version }]) => [id, version])),
    close() {
      closed = true;
      stopTimer();
    },
  };
};
