import { WorkflowError } from '../errors.js';
import { triggerInput } from '../interpreter/trigger-input.js';
import type { Json } from '../json.js';
import type { SavedCheck } from '../library/saved-check.js';
import type { Orchestrator } from '../ports/orchestrator.js';
import type { SavedWorkflow } from '../protocol/workflows.js';
import { requireFit } from '../runs/require-input.js';
import type { Run } from '../workflow/run.js';

/** What is to start a run. */
export interface Triggered {
  readonly runId: string;
  readonly saved: SavedWorkflow;
  /** What came; the run's steps see it as `trigger`. */
  readonly trigger: Json;
  readonly tenant?: string | undefined;
}

/**
 * Starts a run, or gives the one that was started under its id before, whatever the workflow has become since.
 * Throws `invalid_definition`, `invalid_input` (both with details `{problems}`), `expression_failed`, `store_unavailable`.
 */
export type StartTriggered = (triggered: Triggered) => Promise<Run>;

/** Makes {@link StartTriggered}. */
export const createStartTriggered = (deps: {
  readonly checkSaved: SavedCheck;
  readonly orchestrator: Pick<Orchestrator, 'start' | 'get'>;
}): StartTriggered => {
  const { orchestrator, checkSaved } = deps;
  return async ({ runId, saved, trigger, tenant }) => {
    try {
      const definition = await checkSaved(saved.definition);
      const input = requireFit(triggerInput(definition, trigger));
      const { version } = saved;
      const label = tenant === undefined ? {} : { tenant };
      return await orchestrator.start({ runId, definition, version, input, trigger, ...label });
    } catch (error) {
      const refused = WorkflowError.is(error) && !error.retryable;
      const before = refused ? await orchestrator.get(runId) : undefined;
      if (before) return before;
      throw error;
    }
  };
};
