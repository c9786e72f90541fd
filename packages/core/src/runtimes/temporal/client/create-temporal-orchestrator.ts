import type { WorkflowExecutionDescription } from '@temporalio/client';
import { LRUCache } from 'lru-cache';
import { systemClock } from '../../../clock.js';
import { WorkflowError } from '../../../errors.js';
import { takeOver } from '../../../interpreter/take-over.js';
import type { Clock } from '../../../ports/clock.js';
import type { Logger } from '../../../ports/logger.js';
import type { Orchestrator } from '../../../ports/orchestrator.js';
import type { RunArchive } from '../../../ports/run-archive.js';
import type { WorkflowStore } from '../../../ports/workflow-store.js';
import type { ActionLookup } from '../../../workflow/action-spec.js';
import type { Run, RunEvent } from '../../../workflow/run.js';
import { noRun, runHasEnded, shuttingDown } from '../../common/run-errors.js';
import { startedBy } from '../../common/started-by.js';
import { messages, type RunView } from '../common/contract.js';
import { askWorker } from './ask-worker.js';
import type { TemporalConnection } from './connect-temporal.js';
import { createEndedRuns } from './ended-runs.js';
import { followRun } from './follow-run.js';
import { listRuns } from './list-runs.js';
import type { LocalWorker } from './local-worker.js';
import { createLookUp, type LookedUpRun } from './look-up-run.js';
import { readEvents } from './read-events.js';
import { readVisible, type VisibleQuery } from './read-visible.js';
import { recentRuns } from './recent-runs.js';
import { createAttributeCheck } from './register-attributes.js';
import { requireBeside } from './require-beside.js';
import { startedRow } from './run-rows.js';
import { createScheduleOf } from './schedule-of.js';
import { createScheduler } from './scheduler.js';
import { cameEarlier, sendSignal } from './send-signal.js';
import { createStarter, type NewRun } from './start-run.js';
import { createSweep } from './sweep-runs.js';

/** What {@link createTemporalOrchestrator} needs. */
export interface TemporalOrchestratorOptions {
  readonly connection: TemporalConnection;
  /** The actions that runs call; workers need the same catalog. */
  readonly catalog: ActionLookup;
  /** The saved workflows, for steps that run another one. Default: there are none. */
  readonly workflows?: Pick<WorkflowStore, 'get'>;
  /**
   * Keeps ended runs for longer than Temporal does: each as soon as its end is known here, and those whose end nobody saw
   * by a sweep every minute. Default: none; ended runs are readable for as long as the namespace keeps them.
   */
  readonly archive?: RunArchive;
  /** The queues that workers serve, at least one; runs go to the first unless told otherwise. Default `fk-workflow`. */
  readonly taskQueues?: readonly [string, ...string[]];
  /**
   * The workers of this process, of the same server and namespace as the connection: a run that is started on the queue of
   * one that is ready begins there with the answer to its start, which saves a way through the queue. Default: none.
   */
  readonly workers?: readonly LocalWorker[];
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Divides waits, timeouts of waits and runs, and pauses between attempts. Default 1: real time. */
  readonly timeScale?: number;
}

/** Ids of first executions that are kept from the start on: whoever starts a run asks for it next. */
const keptExecutionIds = 500;

/**
 * Runs workflows on Temporal: a run is a workflow of the same id. Needs at least one worker, see
 * `@fk-workflow/core/temporal/worker`; without one, runs start and wait, and what only a worker knows is answered with
 * `worker_unavailable`. Throws `configuration` for `workers` of another server or namespace.
 *
 * @example
 * const connection = await connectTemporal({ address: 'localhost:7233', logger });
 * const builder = createWorkflowBuilder({
 *   catalog,
 *   orchestrator: createTemporalOrchestrator({ connection, catalog, logger }),
 * });
 */
export const createTemporalOrchestrator = (options: TemporalOrchestratorOptions): Orchestrator => {
  const { connection, clock = systemClock, taskQueues = ['fk-workflow'], logger } = options;
  const { client } = connection;
  requireBeside(connection, options.workers ?? []);
  const shownAttributes = createAttributeCheck(connection, options.logger);
  const hasAttributes = async (): Promise<boolean> => (await shownAttributes()).showsStatus;
  const starting = {
    timeScale: 1,
    workers: [],
    ...options,
    clock,
    shownAttributes,
    definitionOf: async (id: string, version: number) =>
      (await options.workflows?.get(id, version))?.definition,
  };
  const starter = createStarter(starting);
  const scheduleOf = createScheduleOf({ ...starting, taskQueue: taskQueues[0] });
  const archive = options.archive ?? recentRuns();
  const endedRuns = createEndedRuns({ connection, archive, logger });
  const visible = (query: VisibleQuery) => readVisible(connection, query);
  const sweep = options.archive && createSweep({ visible, archive, endedRuns, clock, logger });
  const executionIds = new LRUCache<string, string>({ max: keptExecutionIds });
  const closing = new AbortController();

  const start = async (request: NewRun): Promise<Run> => {
    const { run, executionId } = await starter(request);
    executionIds.set(run.runId, executionId);
    return run;
  };

  /** Undefined when there is no such run of ours. */
  const describe = (runId: string): Promise<WorkflowExecutionDescription | undefined> =>
    connection.call(async ({ WorkflowNotFoundError }) => {
      try {
        const described = await client.workflow.getHandle(runId).describe();
        return startedRow(described) ? described : undefined;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw error;
      }
    });

  const lookUp = createLookUp({ archive, endedRuns, describe });

  const requireRun = async (runId: string): Promise<LookedUpRun> => {
    const found = await lookUp(runId);
    if (found) return found;
    throw noRun(runId);
  };

  const viewOf = async (row: Omit<Run, 'status'>): Promise<Run> => {
    const view = await askWorker(connection, () =>
      client.workflow.getHandle(row.runId).query<RunView>(messages.view),
    );
    return { ...row, ...view };
  };

  const events = async (runId: string, after = 0): Promise<readonly RunEvent[]> => {
    const { ended } = await requireRun(runId);
    if (!ended) return readEvents(connection, runId, after);
    return (await endedRuns.eventsOf(ended)).slice(Math.max(0, after));
  };

  /** For a follower. One that was started here is there; whether it is over, its end tells. */
  const knownOf = async (runId: string): Promise<'ended' | 'started' | undefined> => {
    if (executionIds.has(runId)) return 'started';
    return (await requireRun(runId)).ended ? 'ended' : undefined;
  };

  /** Ended runs on their way into the archive. */
  const keeping = new Set<Promise<unknown>>();

  /** In the background: whoever has seen the end need not wait for it. */
  const keepEnd = (runId: string): void => {
    const kept: Promise<unknown> = events(runId)
      .catch((err: unknown) =>
        logger.debug({ runId, err }, 'The end of a run was not archived: the next reader or sweep does it.'),
      )
      .finally(() => keeping.delete(kept));
    keeping.add(kept);
  };

  const requireServing = (): void => {
    if (closing.signal.aborted) throw shuttingDown();
  };

  /** Temporal knows an id for as long as it keeps the history; a run is read by its id for longer. */
  const requireNew = async (runId: string): Promise<void> => {
    if ((await archive.kept([runId])).length === 0) return;
    throw new WorkflowError('already_exists', `There is a run "${runId}" already.`);
  };

  /** For a call on an open run that found none. */
  const hasEnded = async (runId: string): Promise<never> => {
    await requireRun(runId);
    throw runHasEnded(runId);
  };

  return {
    journal: 'temporal',
    taskQueues,
    status: connection.status,
    scheduler: createScheduler({ connection, taskQueues, scheduleOf }),
    async start({ runId, definition, version, input, trigger, tenant, taskQueue = taskQueues[0] }) {
      requireServing();
      await requireNew(runId);
      const row = { runId, version, input, ...startedBy({ trigger, tenant }) };
      return start({ row, definition, taskQueue });
    },
    async retry({ runId, retryOf, from }) {
      requireServing();
      await requireNew(runId);
      const { ended } = await requireRun(retryOf);
      if (!ended) {
        throw new WorkflowError(
          'conflict',
          `The run "${retryOf}" has not ended: cancel it, or wait for its end.`,
        );
      }
      const { run, origin } = ended;
      const steps = takeOver({ ...origin, runId: retryOf, events: await endedRuns.eventsOf(ended) }, from);
      const { version, input } = run;
      return start({
        row: {
          runId,
          version,
          input,
          ...startedBy(run),
          retryOf,
          retryFrom: from,
        },
        definition: origin.definition,
        taskQueue: origin.taskQueue,
        journal: [{ kind: 'taken_over', steps, at: clock.now() }],
      });
    },
    async get(runId) {
      const found = await lookUp(runId);
      if (!found?.open) return found?.ended.run;
      const run = await viewOf(found.open);
      if (run.status === 'running' || run.status === 'waiting') return run;
      // It ended in between.
      return (await lookUp(runId))?.ended?.run ?? run;
    },
    async executionId(runId) {
      const known = executionIds.get(runId) ?? (await describe(runId))?.raw.workflowExecutionInfo?.firstRunId;
      return known ?? undefined;
    },
    list: (query) => listRuns({ visible, archive, endedRuns, hasAttributes }, query),
    events,
    async *observe(runId, after, signal) {
      yield* followRun(
        { ...options, clock, runId, after, known: await knownOf(runId), events, onEnd: keepEnd },
        AbortSignal.any([signal, closing.signal]),
      );
    },
    async signal(runId, name, payload, by, key) {
      const message = { name, payload, by, ...(key === undefined ? {} : { key }) };
      if (await sendSignal(connection, runId, message)) return;
      await requireRun(runId);
      if (!(await cameEarlier(connection, runId, message))) throw runHasEnded(runId);
    },
    async cancel(runId, reason) {
      const { open } = await requireRun(runId);
      if (!open) return hasEnded(runId);
      const sent = await connection.call(async ({ WorkflowNotFoundError }) => {
        try {
          await client.workflow.getHandle(runId).signal(messages.cancel, reason);
          return true;
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return false;
          throw error;
        }
      });
      // It gives up what it waited for. No worker is needed: it is durable, and one will see it.
      return sent ? { ...open, status: 'running', waitingFor: [] } : hasEnded(runId);
    },
    // Temporal goes on with the open runs by itself; those that ended meanwhile are kept.
    recover: async () => sweep?.start(),
    async close() {
      closing.abort();
      await Promise.all([sweep?.close(), ...keeping]);
    },
  };
};
