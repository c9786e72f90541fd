import { systemClock } from '../../../clock.js';
import { WorkflowError } from '../../../errors.js';
import { takeOver } from '../../../interpreter/take-over.js';
import type { Clock } from '../../../ports/clock.js';
import type { Logger } from '../../../ports/logger.js';
import type { Orchestrator } from '../../../ports/orchestrator.js';
import type { WorkflowStore } from '../../../ports/workflow-store.js';
import type { ActionLookup } from '../../../workflow/action-spec.js';
import type { Run, RunEvent } from '../../../workflow/run.js';
import { messages, type RunView } from '../common/contract.js';
import { askWorker } from './ask-worker.js';
import type { TemporalConnection } from './connect-temporal.js';
import { followRun } from './follow-run.js';
import { listRuns } from './list-runs.js';
import { readEvents } from './read-events.js';
import { readOrigin } from './read-origin.js';
import { createAttributeCheck } from './register-attributes.js';
import { createRecords } from './run-records.js';
import { type Described, endedRun, hasEnded, startedRow } from './run-rows.js';
import { sendSignal } from './send-signal.js';
import { createStarter } from './start-run.js';

/** What {@link createTemporalOrchestrator} needs. */
export interface TemporalOrchestratorOptions {
  readonly connection: TemporalConnection;
  /** The actions that runs call; workers need the same catalog. */
  readonly catalog: ActionLookup;
  /** The saved workflows, for steps that run another one. Default: there are none. */
  readonly workflows?: Pick<WorkflowStore, 'get'>;
  /** The queues that workers serve, at least one; runs go to the first unless told otherwise. Default `fk-workflow`. */
  readonly taskQueues?: readonly [string, ...string[]];
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Divides waits, timeouts of waits and runs, and pauses between attempts. Default 1: real time. */
  readonly timeScale?: number;
}

/**
 * Runs workflows on Temporal: a run is a workflow of the same id. Needs at least one worker, see
 * `@fk-workflow/core/temporal/worker`; without one, runs start and wait, and what only a worker knows is answered with
 * `worker_unavailable`.
 *
 * @example
 * const connection = await connectTemporal({ address: 'localhost:7233', logger });
 * const builder = createWorkflowBuilder({
 *   catalog,
 *   orchestrator: createTemporalOrchestrator({ connection, catalog, logger }),
 * });
 */
export const createTemporalOrchestrator = (options: TemporalOrchestratorOptions): Orchestrator => {
  const { connection, clock = systemClock, taskQueues = ['fk-workflow'] } = options;
  const { client } = connection;
  const hasAttributes = createAttributeCheck(connection, options.logger);
  const start = createStarter({
    timeScale: 1,
    ...options,
    clock,
    hasAttributes,
    definitionOf: async (id, version) => (await options.workflows?.get(id, version))?.definition,
  });
  const recordOf = createRecords(connection);
  const closing = new AbortController();

  /** Undefined when there is no such run of ours. */
  const describe = (runId: string): Promise<Described | undefined> =>
    connection.call(async ({ WorkflowNotFoundError }) => {
      try {
        const described = await client.workflow.getHandle(runId).describe();
        return startedRow(described) && described;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw error;
      }
    });

  const requireRun = async (runId: string): Promise<Described> => {
    const described = await describe(runId);
    if (described) return described;
    throw new WorkflowError('not_found', `There is no run "${runId}". List the runs to see which there are.`);
  };

  const runOf = async (described: Described): Promise<Run | undefined> => {
    const row = startedRow(described);
    if (!row) return undefined;
    if (hasEnded(described)) return endedRun(row, await recordOf(described));
    const view = await askWorker(connection, () =>
      client.workflow.getHandle(row.runId).query<RunView>(messages.view),
    );
    return { ...row, ...view };
  };

  const events = async (runId: string, after = 0): Promise<readonly RunEvent[]> => {
    const described = await requireRun(runId);
    const kept = hasEnded(described) ? (await recordOf(described)).events : undefined;
    return kept ? kept.slice(Math.max(0, after)) : readEvents(connection, runId, after);
  };

  const requireServing = (): void => {
    if (!closing.signal.aborted) return;
    throw new WorkflowError('shutting_down', 'The server is shutting down. Send it again in a moment.');
  };

  /** For a call on an open run that found none. */
  const ended = async (runId: string): Promise<never> => {
    await requireRun(runId);
    throw new WorkflowError('conflict', `The run "${runId}" has ended. Start a new one.`);
  };

  return {
    journal: 'temporal',
    taskQueues,
    status: connection.status,
    async start({ runId, definition, version, input, taskQueue = taskQueues[0] }) {
      requireServing();
      return start({ row: { runId, version, input }, definition, taskQueue });
    },
    async retry({ runId, retryOf, from }) {
      requireServing();
      const described = await requireRun(retryOf);
      const row = startedRow(described);
      if (!row || !hasEnded(described)) {
        throw new WorkflowError(
          'conflict',
          `The run "${retryOf}" has not ended: cancel it, or wait for its end.`,
        );
      }
      const origin = await readOrigin(connection, retryOf);
      const steps = takeOver({ ...origin, runId: retryOf, events: await events(retryOf) }, from);
      const { version, input } = row;
      return start({
        row: { runId, version, input, retryOf, retryFrom: from },
        definition: origin.definition,
        taskQueue: described.taskQueue,
        journal: [{ kind: 'taken_over', steps, at: clock.now() }],
      });
    },
    async get(runId) {
      const described = await describe(runId);
      return described && runOf(described);
    },
    list: (query) => listRuns(connection, recordOf, hasAttributes, query),
    events,
    async *observe(runId, after, signal) {
      await requireRun(runId);
      yield* followRun(
        { ...options, clock, runId, after, events },
        AbortSignal.any([signal, closing.signal]),
      );
    },
    async signal(runId, name, payload, by) {
      if (!(await sendSignal(connection, runId, { name, payload, by }))) await ended(runId);
    },
    async cancel(runId, reason) {
      const sent = await connection.call(async ({ WorkflowNotFoundError }) => {
        try {
          await client.workflow.getHandle(runId).signal(messages.cancel, reason);
          return true;
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return false;
          throw error;
        }
      });
      const described = await requireRun(runId);
      if (!sent) return ended(runId);
      try {
        return (await runOf(described)) ?? ended(runId);
      } catch (error) {
        // It is durable, and a worker will see it.
        const row = startedRow(described);
        if (row && WorkflowError.is(error) && error.code === 'worker_unavailable')
          return { ...row, status: 'running' };
        throw error;
      }
    },
    // Temporal goes on with the open runs by itself.
    recover: async () => undefined,
    close: async () => closing.abort(),
  };
};
