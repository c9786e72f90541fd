import type { Caller, RunsApi, WorkflowsApi } from '../builder.js';
import { WorkflowError } from '../errors.js';
import type { SavedCheck } from '../library/saved-check.js';
import type { CheckDeps } from '../library/validate-body.js';
import type { Orchestrator } from '../ports/orchestrator.js';
import { executable } from './executable.js';
import { requireInput } from './require-input.js';
import { requireTaskQueue } from './require-task-queue.js';

/** What {@link createRuns} needs. */
export interface RunsDeps extends CheckDeps {
  readonly orchestrator: Orchestrator;
  readonly library: Pick<WorkflowsApi, 'get'>;
  readonly checkSaved: SavedCheck;
  readonly newRunId: () => string;
  readonly allowInlineDefinitions: boolean;
}

const tenantOf = (caller: Pick<Caller, 'tenant'> | undefined): Pick<Caller, 'tenant'> =>
  caller?.tenant === undefined ? {} : { tenant: caller.tenant };

/** Starts runs of what is valid and hands everything else about runs on to the orchestrator. */
export const createRuns = (deps: RunsDeps): RunsApi => {
  const { orchestrator, library, newRunId } = deps;

  return {
    async start(workflowId, request, caller) {
      const saved = await library.get(workflowId, request.version);
      const definition = await deps.checkSaved(saved.definition);
      const input = requireInput(definition, request.input);
      return orchestrator.start({
        runId: newRunId(),
        definition,
        version: saved.version,
        input,
        ...tenantOf(caller),
      });
    },
    async execute(body, caller) {
      if (!deps.allowInlineDefinitions) {
        throw new WorkflowError(
          'forbidden',
          'This server runs saved workflows only: save it with POST /api/workflows and start it there.',
        );
      }
      const { definition, input, problems, taskQueue: asked } = await executable(body, deps);
      const taskQueue = requireTaskQueue(orchestrator, asked);
      const run = await orchestrator.start({
        runId: newRunId(),
        definition,
        version: 0,
        input,
        taskQueue,
        ...tenantOf(caller),
      });
      return { run, taskQueue, problems };
    },
    async get(runId) {
      const run = await orchestrator.get(runId);
      if (!run) {
        throw new WorkflowError(
          'not_found',
          `There is no run "${runId}". List the runs to see which there are.`,
        );
      }
      return run;
    },
    executionId: async (runId) => (await orchestrator.executionId?.(runId)) ?? runId,
    list: (query) => orchestrator.list(query),
    events: (runId) => orchestrator.events(runId),
    observe: (runId, after, signal) => orchestrator.observe(runId, after, signal),
    signal: (runId, name, payload, { principal }) =>
      orchestrator.signal(runId, name, payload, principal ?? null),
    cancel: (runId, reason) => orchestrator.cancel(runId, reason),
    retry: (runId, from) => orchestrator.retry({ runId: newRunId(), retryOf: runId, from }),
  };
};
