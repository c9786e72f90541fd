import type { TriggersApi } from '../builder.js';
import type { SavedCheck } from '../library/saved-check.js';
import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Orchestrator } from '../ports/orchestrator.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { WorkflowStore } from '../ports/workflow-store.js';
import { createEmbeddedScheduler } from './create-embedded-scheduler.js';
import { createHooks } from './create-hooks.js';
import { createScheduleKeeper, type ScheduleKeeper } from './create-schedule-keeper.js';
import type { HookTokens } from './hook-tokens.js';
import { createStartTriggered } from './start-triggered.js';
import { createTellEvent } from './tell-event.js';

/** What starts runs besides people. */
export interface Triggers {
  readonly api: TriggersApi;
  readonly schedules: ScheduleKeeper;
}

/** Makes {@link Triggers}. Schedules are the orchestrator's, or this process's when it keeps none. */
export const createTriggers = (deps: {
  readonly checkSaved: SavedCheck;
  readonly workflows: WorkflowStore;
  readonly orchestrator: Orchestrator;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Without them there are no hooks. */
  readonly hookTokens: HookTokens | undefined;
  readonly hookLimiter: RateLimiter;
  readonly newRunId: () => string;
}): Triggers => {
  const start = createStartTriggered(deps);
  const embedded = createEmbeddedScheduler({ ...deps, start });
  const keeper = createScheduleKeeper({ ...deps, scheduler: deps.orchestrator.scheduler ?? embedded });
  return {
    api: { event: createTellEvent({ ...deps, start }), ...createHooks({ ...deps, start }) },
    schedules: {
      ...keeper,
      close() {
        keeper.close();
        embedded.close();
      },
    },
  };
};
