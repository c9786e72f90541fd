import { WorkflowError } from '../errors.js';
import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Orchestrator } from '../ports/orchestrator.js';
import type { WorkflowStore } from '../ports/workflow-store.js';
import type { SavedWorkflow } from '../protocol/workflows.js';
import { parseDuration } from '../workflow/duration.js';
import { standingOf } from './past-starts.js';
import { type ScheduleTrigger, scheduleTimes } from './schedule-times.js';
import type { StartTriggered } from './start-triggered.js';
import { triggeredRunId } from './triggered-run-id.js';

/** What {@link createLiveSchedule} needs. */
export interface LiveScheduleDeps {
  readonly workflows: Pick<WorkflowStore, 'get'>;
  readonly orchestrator: Pick<Orchestrator, 'list'>;
  readonly start: StartTriggered;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A schedule at work in this process. */
export interface LiveSchedule {
  readonly version: number;
  /** When there is something to do for it (ms since the epoch); undefined: never. */
  due(): number | undefined;
  /**
   * Does what is due, oldest first. Gives the workflow as it is saved now when that is another version, or null when it is
   * gone: then nothing was done. Never rejects: what cannot be done now is due again later.
   */
  settle(): Promise<SavedWorkflow | null | undefined>;
  /** A time whose run waits for the end of the one before. */
  waiting(): number | undefined;
}

/** Milliseconds until something is tried again, or until the run before is looked at again. */
const againMs = 5000;

const defaultCatchUp = 'PT1M';

/**
 * Starts the runs of one schedule. Every server that knows the schedule tries to start every time; the run's id is made from
 * the time, so it starts once.
 */
export const createLiveSchedule = (
  saved: SavedWorkflow,
  trigger: ScheduleTrigger,
  before: { readonly settled: number; readonly waiting: number | undefined },
  deps: LiveScheduleDeps,
): LiveSchedule => {
  const { workflows, start, clock, logger } = deps;
  const { overlap = 'skip', catchUp = defaultCatchUp, paused = false } = trigger;
  const catchUpMs = parseDuration(catchUp) ?? 0;
  const next = scheduleTimes(trigger);
  let { waiting } = before;
  let upcoming = paused ? undefined : next(before.settled);
  let notBefore = 0;

  const label = (time: number): object => ({
    workflowId: saved.id,
    scheduledAt: new Date(time).toISOString(),
  });

  const begin = async (time: number): Promise<void> => {
    const scheduledAt = new Date(time).toISOString();
    const runId = triggeredRunId(saved.id, 'schedule', [scheduledAt]);
    try {
      await start({ runId, saved, trigger: { scheduledAt } });
    } catch (err) {
      if (WorkflowError.is(err) && err.retryable) throw err;
      logger.error({ ...label(time), err }, 'A schedule could not start its run, and leaves it out.');
    }
  };

  const meet = async (time: number): Promise<void> => {
    const standing = overlap === 'allow' ? 'free' : await standingOf(saved.id, time, deps);
    if (standing === 'started') return;
    if (standing === 'free') await begin(time);
    else if (overlap === 'buffer' && waiting === undefined) waiting = time;
    else logger.info(label(time), 'A scheduled run is left out: the one before has not ended.');
  };

  const leaveOutLate = (): void => {
    const oldest = clock.now() - catchUpMs;
    if (upcoming === undefined || upcoming >= oldest) return;
    logger.warn(label(upcoming), 'Scheduled runs are left out from this one on: it is too late for them.');
    upcoming = next(oldest - 1);
  };

  const work = async (): Promise<void> => {
    const standing = waiting === undefined ? 'before' : await standingOf(saved.id, waiting, deps);
    if (waiting !== undefined && standing === 'free') await begin(waiting);
    if (standing !== 'before') waiting = undefined;
    leaveOutLate();
    while (upcoming !== undefined && upcoming <= clock.now()) {
      await meet(upcoming);
      upcoming = next(upcoming);
      leaveOutLate();
    }
  };

  return {
    version: saved.version,
    due() {
      const due = waiting === undefined ? upcoming : 0;
      return due === undefined ? undefined : Math.max(due, notBefore);
    },
    async settle() {
      try {
        const newest = (await workflows.get(saved.id)) ?? null;
        if (newest?.version !== saved.version) return newest;
        await work();
      } catch (err) {
        logger.warn({ workflowId: saved.id, err }, 'A schedule cannot start its run now, and tries again.');
      } finally {
        // Whatever is left: a run to wait for, a store to come back, a version to be taken on.
        notBefore = clock.now() + againMs;
      }
      return undefined;
    },
    waiting: () => waiting,
  };
};
