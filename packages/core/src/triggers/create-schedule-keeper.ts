import { WorkflowError } from '../errors.js';
import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Scheduler } from '../ports/scheduler.js';
import type { WorkflowStore } from '../ports/workflow-store.js';
import type { SavedWorkflow } from '../protocol/workflows.js';
import { savedPages } from './saved-pages.js';

/** Keeps the schedules equal to the saved workflows. Nobody waits for it: what fails is tried again. */
export interface ScheduleKeeper {
  /** A workflow was saved or deleted here. */
  changed(workflowId: string): void;
  /** Begins; what was saved before is then taken in. */
  start(): void;
  close(): void;
}

/** Milliseconds between two looks at what other servers have saved. */
const lookEveryMs = 30_000;

/** Milliseconds after a failure; twice as long after each one more, up to {@link lookEveryMs}. */
const firstPauseMs = 1000;

/** Makes a {@link ScheduleKeeper}. */
export const createScheduleKeeper = (deps: {
  readonly workflows: Pick<WorkflowStore, 'get' | 'list'>;
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  readonly logger: Logger;
}): ScheduleKeeper => {
  const { workflows, scheduler, clock, logger } = deps;
  /** The versions that the scheduler has refused, so that it is told once. */
  const refused = new Map<string, number>();
  let state: 'new' | 'started' | 'closed' = 'new';
  let work = Promise.resolve();
  let failures = 0;
  let stopTimer = (): void => undefined;

  const closed = (): boolean => state === 'closed';

  const lookAgain = (ms: number): void => {
    stopTimer();
    if (!closed()) stopTimer = clock.after(ms, () => enqueue(look));
  };

  /** One thing at a time: an older version never comes after a newer one. */
  const enqueue = (task: () => Promise<void>): void => {
    work = work.then(async () => {
      if (closed()) return;
      try {
        await task();
      } catch (err) {
        if (closed()) return;
        const pause = Math.min(firstPauseMs * 2 ** failures, lookEveryMs);
        failures += 1;
        logger.warn({ err, againInMs: pause }, 'Schedules cannot be kept equal to the saved workflows now.');
        lookAgain(pause);
      }
    });
  };

  const put = async (saved: SavedWorkflow): Promise<void> => {
    try {
      await scheduler.put(saved);
      refused.delete(saved.id);
    } catch (err) {
      if (!WorkflowError.is(err) || err.retryable) throw err;
      if (refused.get(saved.id) === saved.version) return;
      refused.set(saved.id, saved.version);
      logger.error({ workflowId: saved.id, err }, 'A schedule is refused: no run will start by it.');
    }
  };

  const look = async (): Promise<void> => {
    const scheduled = new Map(await scheduler.scheduled());
    for await (const page of savedPages(workflows)) {
      for (const saved of page) {
        if (saved.definition.trigger?.kind !== 'schedule') continue;
        if (scheduled.get(saved.id) !== saved.version) await put(saved);
        scheduled.delete(saved.id);
      }
    }
    for (const workflowId of scheduled.keys()) await scheduler.remove(workflowId);
    failures = 0;
    lookAgain(lookEveryMs);
  };

  return {
    changed(workflowId) {
      // `start` takes in what is saved before it.
      if (state !== 'started') return;
      enqueue(async () => {
        // The next look, which is soon, takes it in.
        if (failures > 0) return;
        const saved = await workflows.get(workflowId);
        await (saved ? put(saved) : scheduler.remove(workflowId));
      });
    },
    start() {
      state = 'started';
      enqueue(look);
    },
    close() {
      state = 'closed';
      stopTimer();
    },
  };
};
