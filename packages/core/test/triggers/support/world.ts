import { afterEach } from 'vitest';
import type { WorkflowBuilder, WorkflowBuilderOptions } from '../../../src/builder.js';
import { createCatalog } from '../../../src/catalog/catalog.js';
import { createWorkflowBuilder } from '../../../src/create-workflow-builder.js';
import type { Clock } from '../../../src/ports/clock.js';
import type { WorkflowStore } from '../../../src/ports/workflow-store.js';
import { memoryRunStore, runMemory } from '../../../src/stores/memory-run-store.js';
import { memoryWorkflowStore } from '../../../src/stores/memory-workflow-store.js';
import { manualClock } from '../../../src/testing/manual-clock.js';
import { recordingLogger } from '../../stores/support/recording-logger.js';

/** Servers on one clock and one database in memory. */
export interface World {
  readonly clock: Clock;
  /** Timers that are set. */
  pending(): number;
  readonly workflows: WorkflowStore;
  readonly logger: ReturnType<typeof recordingLogger>;
  /** Another server, started. */
  open(options?: Partial<WorkflowBuilderOptions>): Promise<WorkflowBuilder>;
  /** Lets time go on to a time, RFC 3339. */
  to(time: string): Promise<void>;
  /** Sets the clock of the wall to a time, as if the machine had slept until a minute before it, and lets that minute go by. */
  sleepTo(time: string): Promise<void>;
}

const minuteMs = 60_000;

const opened: WorkflowBuilder[] = [];
afterEach(async () => {
  for (const builder of opened.splice(0)) await builder.close(0);
});

/** Makes a {@link World} that begins at a time, RFC 3339. */
export const world = (start: string): World => {
  const timers = manualClock(Date.parse(start));
  let slept = 0;
  const clock: Clock = { now: () => timers.now() + slept, after: timers.after };
  const advance = (ms: number): Promise<void> => timers.advance(ms);
  const workflows = memoryWorkflowStore();
  const memory = runMemory();
  const logger = recordingLogger();
  return {
    clock,
    pending: () => timers.pending,
    workflows,
    logger,
    async open(options = {}) {
      // Looking for what others do four times a second would take long over hours.
      const runs = { ...memoryRunStore({ memory }), pollMs: 10_000 };
      const catalog = createCatalog([]);
      const builder = createWorkflowBuilder({ catalog, clock, logger, workflows, runs, ...options });
      const server: WorkflowBuilder = {
        ...builder,
        async close(graceMs) {
          await builder.close(graceMs);
          await runs.close();
        },
      };
      opened.push(server);
      await server.start();
      await advance(0);
      return server;
    },
    to: (time) => advance(Date.parse(time) - clock.now()),
    sleepTo(time) {
      const left = Date.parse(time) - clock.now();
      slept += Math.max(0, left - minuteMs);
      return advance(Math.min(left, minuteMs));
    },
  };
};

/** What a builder knows of the runs, oldest first: when each was to start, and how it stands. */
export const scheduledRuns = async (builder: WorkflowBuilder): Promise<string[]> => {
  const { items } = await builder.runs.list({ limit: 100 });
  return items.map(({ trigger, status }) => `${Object.values(trigger ?? {}).join()} ${status}`).reverse();
};
