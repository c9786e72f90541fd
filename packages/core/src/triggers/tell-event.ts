import type { SkippedWorkflow, TriggersApi } from '../builder.js';
import { WorkflowError } from '../errors.js';
import { triggerHolds } from '../interpreter/trigger-input.js';
import type { Logger } from '../ports/logger.js';
import type { WorkflowStore } from '../ports/workflow-store.js';
import type { SavedWorkflow } from '../protocol/workflows.js';
import type { Run } from '../workflow/run.js';
import { savedPages } from './saved-pages.js';
import type { StartTriggered } from './start-triggered.js';
import { triggeredRunId } from './triggered-run-id.js';

type Outcome =
  | { readonly run: Run }
  | { readonly skipped: SkippedWorkflow }
  | { readonly failed: WorkflowError };

/**
 * Makes `TriggersApi.event`. It reads every saved workflow: with the newest alone it is right whatever other servers have
 * just saved.
 */
export const createTellEvent = (deps: {
  readonly workflows: Pick<WorkflowStore, 'list'>;
  readonly start: StartTriggered;
  readonly logger: Logger;
}): TriggersApi['event'] => {
  const { workflows, start, logger } = deps;

  return async ({ event, payload, id }, { tenant } = {}) => {
    const trigger = { payload };
    const key = [event, id, ...(tenant === undefined ? [] : [tenant])];

    const startOne = async (saved: SavedWorkflow): Promise<Outcome | undefined> => {
      try {
        if (!triggerHolds(saved.definition, trigger)) return undefined;
        return {
          run: await start({ runId: triggeredRunId(saved.id, 'event', key), saved, trigger, tenant }),
        };
      } catch (error) {
        if (!WorkflowError.is(error)) throw error;
        if (error.retryable) return { failed: error };
        const { code, message } = error;
        logger.warn(
          { workflowId: saved.id, event, code, err: error },
          'An event has not started a workflow.',
        );
        return { skipped: { workflowId: saved.id, code, message } };
      }
    };

    const outcomes: (Outcome | undefined)[] = [];
    for await (const page of savedPages(workflows)) {
      const waiting = page.filter(({ definition }) => waitsFor(definition.trigger, event));
      outcomes.push(...(await Promise.all(waiting.map(startOne))));
    }
    // Sent again, it finds those that have started.
    for (const outcome of outcomes) if (outcome && 'failed' in outcome) throw outcome.failed;
    return {
      runs: outcomes.flatMap((outcome) => (outcome && 'run' in outcome ? [outcome.run] : [])),
      skipped: outcomes.flatMap((outcome) => (outcome && 'skipped' in outcome ? [outcome.skipped] : [])),
    };
  };
};

const waitsFor = (trigger: SavedWorkflow['definition']['trigger'], event: string): boolean =>
  trigger?.kind === 'event' && trigger.event === event;
