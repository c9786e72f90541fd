import { isDeepStrictEqual } from 'node:util';
import type { Caller, RunsApi, WorkflowsApi } from '../builder.js';
import { WorkflowError } from '../errors.js';
import type { Json } from '../json.js';
import type { SavedCheck } from '../library/saved-check.js';
import type { CheckDeps } from '../library/validate-body.js';
import type { Orchestrator } from '../ports/orchestrator.js';
import type { Run } from '../workflow/run.js';
import { executable } from './executable.js';
import { onceKey } from './once-key.js';
import { requireInput } from './require-input.js';
import { requireTaskQueue } from './require-task-queue.js';
import { createStartOnce } from './start-once.js';

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
  const { orchestrator, library } = deps;
  const startOnce = createStartOnce(deps);

  /** Whether that input, with its defaults, is the run's; there is no telling when the version has been deleted. */
  const hasInput = async (run: Run, input: Json | undefined): Promise<boolean> => {
    const saved = await deps.workflows.get(run.workflowId, run.version);
    return !saved || isDeepStrictEqual(requireInput(saved.definition, input), run.input);
  };

  return {
    start: (workflowId, { version, input: given }, caller, options) =>
      startOnce({
        caller,
        options,
        async start(runId) {
          const saved = await library.get(workflowId, version);
          const definition = await deps.checkSaved(saved.definition);
          const input = requireInput(definition, given);
          return orchestrator.start({
            runId,
            definition,
            version: saved.version,
            input,
            ...tenantOf(caller),
          });
        },
        fits: async (run) =>
          run.workflowId === workflowId &&
          run.retryOf === undefined &&
          run.version === (version ?? run.version) &&
          (await hasInput(run, given)),
      }),
    async execute(body, caller, options) {
      if (!deps.allowInlineDefinitions) {
        throw new WorkflowError(
          'forbidden',
          'This server runs saved workflows only: save it with POST /api/workflows and start it there.',
        );
      }
      const { definition, input, problems, taskQueue: asked } = await executable(body, deps);
      const taskQueue = requireTaskQueue(orchestrator, asked);
      const run = await startOnce({
        caller,
        options,
        start: (runId) =>
          orchestrator.start({ runId, definition, version: 0, input, taskQueue, ...tenantOf(caller) }),
        fits: (run) =>
          run.workflowId === definition.id &&
          run.retryOf === undefined &&
          run.version === 0 &&
          isDeepStrictEqual(run.input, input),
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
    signal: (runId, name, payload, caller, options) =>
      orchestrator.signal(runId, name, payload, caller.principal ?? null, onceKey(caller, options)),
    cancel: (runId, reason) => orchestrator.cancel(runId, reason),
    retry: (retryOf, from, caller, options) =>
      startOnce({
        caller,
        options,
        start: (runId) => orchestrator.retry({ runId, retryOf, from }),
        fits: (run) => run.retryOf === retryOf && run.retryFrom === from,
      }),
  };
};
