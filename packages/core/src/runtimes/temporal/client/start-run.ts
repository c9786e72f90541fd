import { WorkflowError } from '../../../errors.js';
import type { Clock } from '../../../ports/clock.js';
import type { JournalEntry, StoredRun } from '../../../ports/run-store.js';
import type { DefinitionOf } from '../../../ports/workflow-store.js';
import type { ActionLookup } from '../../../workflow/action-spec.js';
import type { Run } from '../../../workflow/run.js';
import {
  memoOf,
  type RunArguments,
  type ShownAttributes,
  shownBy,
  workflowType,
} from '../common/contract.js';
import { whatItUses } from '../common/what-it-uses.js';
import type { TemporalConnection } from './connect-temporal.js';
import { grpcStatus, grpcStatusOf } from './grpc-status.js';
import type { LocalWorker } from './local-worker.js';
import { requireRoom, storesLarge } from './require-room.js';

/** A run to be started. */
export interface NewRun {
  readonly row: Omit<StoredRun['run'], 'status' | 'startedAt' | 'workflowId'>;
  readonly definition: StoredRun['definition'];
  readonly taskQueue: string;
  /** What a retried run takes over. */
  readonly journal?: readonly JournalEntry[];
}

/** A run that has started. */
export interface StartedRun {
  readonly run: Run;
  /** Temporal's own id of its first execution. */
  readonly executionId: string;
}

/** Milliseconds until a task whose worker is gone goes to another; a query waits no longer for a local activity. */
export const workflowTaskTimeoutMs = 5000;

/** Makes a function that starts a run; durable when it resolves. Throws `already_exists`, `payload_too_large`, `store_unavailable`. */
export const createStarter = (deps: {
  readonly connection: TemporalConnection;
  /** Those of this process. */
  readonly workers: readonly LocalWorker[];
  readonly catalog: ActionLookup;
  readonly definitionOf: DefinitionOf;
  readonly timeScale: number;
  readonly clock: Clock;
  readonly shownAttributes: () => Promise<ShownAttributes>;
}): ((request: NewRun) => Promise<StartedRun>) => {
  const { connection, workers, catalog, definitionOf, timeScale, clock, shownAttributes } = deps;

  const startWith = (args: RunArguments, taskQueue: string): Promise<string> => {
    const beside = workers.find((worker) => worker.taskQueue === taskQueue)?.connection();
    const { client, call } = beside ? connection.through(beside) : connection;
    return call(async (sdk) => {
      const { run, definition } = args;
      try {
        const handle = await client.workflow.start(workflowType, {
          workflowId: run.runId,
          taskQueue,
          args: [args],
          memo: memoOf(run),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowTaskTimeout: workflowTaskTimeoutMs,
          staticSummary: definition.name,
          ...shownBy(run, args),
          // The first task comes with the answer, not by way of the queue.
          requestEagerStart: beside !== undefined,
        });
        return handle.firstExecutionRunId;
      } catch (error) {
        if (!(error instanceof sdk.WorkflowExecutionAlreadyStartedError)) throw error;
        throw new WorkflowError('already_exists', `There is a run "${run.runId}" already.`);
      }
    });
  };

  return async ({ row, definition, taskQueue, journal }) => {
    const startedAt = new Date(clock.now()).toISOString();
    const run = { ...row, workflowId: definition.id, status: 'running', startedAt } as const;
    const args: RunArguments = {
      run,
      definition,
      ...(await whatItUses(definition, catalog, definitionOf)),
      timeScale,
      ...(storesLarge(connection) ? { storesLarge: true } : {}),
      ...(await shownAttributes()),
      ...(journal ? { journal } : {}),
    };
    requireRoom(connection, args, 'The run with its input and definition');
    try {
      return { run, executionId: await startWith(args, taskQueue) };
    } catch (error) {
      // Just registered, and not known everywhere yet.
      if (!args.showsStatus || grpcStatusOf(error) !== grpcStatus.invalidArgument) throw error;
      const bare = { ...args, showsStatus: false, showsTenant: false };
      return { run, executionId: await startWith(bare, taskQueue) };
    }
  };
};
