import { WorkflowError } from '../../../errors.js';
import type { Clock } from '../../../ports/clock.js';
import type { JournalEntry, StoredRun } from '../../../ports/run-store.js';
import type { DefinitionOf } from '../../../ports/workflow-store.js';
import type { ActionLookup } from '../../../workflow/action-spec.js';
import type { Run } from '../../../workflow/run.js';
import { memoOf, type RunArguments, searchAttributesOf, workflowType } from '../common/contract.js';
import type { TemporalConnection } from './connect-temporal.js';
import { grpcStatus, grpcStatusOf } from './grpc-status.js';
import { whatItUses } from './what-it-uses.js';

/** A run to be started. */
export interface NewRun {
  readonly row: Omit<StoredRun['run'], 'status' | 'startedAt' | 'workflowId'>;
  readonly definition: StoredRun['definition'];
  readonly taskQueue: string;
  /** What a retried run takes over. */
  readonly journal?: readonly JournalEntry[];
}

/** Milliseconds until a task whose worker is gone goes to another; a query waits no longer for a local activity. */
const workflowTaskTimeoutMs = 5000;

/** Makes a function that starts a run; durable when it resolves. Throws `already_exists`, `store_unavailable`. */
export const createStarter = (deps: {
  readonly connection: TemporalConnection;
  readonly catalog: ActionLookup;
  readonly definitionOf: DefinitionOf;
  readonly timeScale: number;
  readonly clock: Clock;
  /** Whether runs may be started with search attributes. */
  readonly hasAttributes: () => Promise<boolean>;
}): ((request: NewRun) => Promise<Run>) => {
  const { connection, catalog, definitionOf, timeScale, clock, hasAttributes } = deps;

  const startWith = (args: RunArguments, taskQueue: string, showsStatus: boolean): Promise<void> =>
    connection.call(async (sdk) => {
      const { run, definition } = args;
      try {
        await connection.client.workflow.start(workflowType, {
          workflowId: run.runId,
          taskQueue,
          args: [{ ...args, showsStatus } satisfies RunArguments],
          memo: memoOf(run),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowTaskTimeout: workflowTaskTimeoutMs,
          staticSummary: definition.name,
          ...(showsStatus ? { searchAttributes: searchAttributesOf(run) } : {}),
        });
      } catch (error) {
        if (!(error instanceof sdk.WorkflowExecutionAlreadyStartedError)) throw error;
        throw new WorkflowError('already_exists', `There is a run "${run.runId}" already.`);
      }
    });

  return async ({ row, definition, taskQueue, journal }) => {
    const startedAt = new Date(clock.now()).toISOString();
    const run = { ...row, workflowId: definition.id, status: 'running', startedAt } as const;
    const args: RunArguments = {
      run,
      definition,
      ...(await whatItUses(definition, catalog, definitionOf)),
      timeScale,
      showsStatus: false,
      ...(journal ? { journal } : {}),
    };
    const withAttributes = await hasAttributes();
    try {
      await startWith(args, taskQueue, withAttributes);
    } catch (error) {
      // Just registered, and not known everywhere yet.
      if (!withAttributes || grpcStatusOf(error) !== grpcStatus.invalidArgument) throw error;
      await startWith(args, taskQueue, false);
    }
    return run;
  };
};
