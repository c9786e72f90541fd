import type { Caller, OnceOptions } from '../builder.js';
import { WorkflowError } from '../errors.js';
import type { Orchestrator } from '../ports/orchestrator.js';
import type { Run } from '../workflow/run.js';
import { onceKey } from './once-key.js';

/** A request that starts a run. */
export interface StartRequest {
  readonly caller: Partial<Caller> | undefined;
  readonly options: OnceOptions | undefined;
  /** Starts the run under this id. Throws `already_exists` when there is one. */
  start(runId: string): Promise<Run>;
  /** Whether this request could have started that run. */
  fits(run: Run): boolean | Promise<boolean>;
}

/**
 * Makes a function that starts a run, at most one an idempotency key and caller: sent again, a request gives the run that it
 * started before, whatever its workflow has become since. The key is in the run's id, so every server and a restarted
 * one know it for as long as the run is kept. Throws `conflict` when the key started something else.
 */
export const createStartOnce = (deps: {
  readonly orchestrator: Pick<Orchestrator, 'get'>;
  readonly newRunId: () => string;
}): ((request: StartRequest) => Promise<Run>) => {
  return async ({ caller, options, start, fits }) => {
    const key = onceKey(caller, options);
    if (key === undefined) return start(deps.newRunId());
    const runId = `run_${key}`;
    try {
      return await start(runId);
    } catch (error) {
      if (!WorkflowError.is(error) || error.retryable) throw error;
      const before = await deps.orchestrator.get(runId);
      if (!before) throw error;
      if (await fits(before)) return before;
      throw new WorkflowError(
        'conflict',
        'This Idempotency-Key has started another run. Use a new key for each start.',
      );
    }
  };
};
