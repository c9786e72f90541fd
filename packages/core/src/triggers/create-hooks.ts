import type { Hook, TriggersApi } from '../builder.js';
import { WorkflowError } from '../errors.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { WorkflowStore } from '../ports/workflow-store.js';
import type { HookTokens } from './hook-tokens.js';
import type { StartTriggered } from './start-triggered.js';
import { triggeredRunId } from './triggered-run-id.js';

/** Makes what `TriggersApi` says of hooks. Without tokens there are none. */
export const createHooks = (deps: {
  readonly workflows: Pick<WorkflowStore, 'get'>;
  readonly start: StartTriggered;
  readonly hookTokens: HookTokens | undefined;
  readonly hookLimiter: RateLimiter;
  readonly newRunId: () => string;
}): Omit<TriggersApi, 'event'> => {
  const { workflows, start, hookTokens, hookLimiter, newRunId } = deps;

  const requireToken = ({ workflowId, token }: Hook): void => {
    if (!hookTokens?.fits(workflowId, token)) throw noHook();
  };

  return {
    async limitHook(hook) {
      requireToken(hook);
      return hookLimiter.consume(hook.workflowId);
    },
    async webhook(hook, { body, headers, idempotencyKey }) {
      requireToken(hook);
      const { workflowId } = hook;
      const saved = await workflows.get(workflowId);
      if (saved?.definition.trigger?.kind !== 'webhook') throw noHook();
      const runId =
        idempotencyKey === undefined ? newRunId() : triggeredRunId(workflowId, 'webhook', [idempotencyKey]);
      return start({ runId, saved, trigger: { body, headers } });
    },
    hookToken: ({ id, definition }) =>
      definition.trigger?.kind === 'webhook' ? hookTokens?.of(id) : undefined,
  };
};

/** One answer for a wrong token, an unknown workflow and one with another trigger: nothing is told to a stranger. */
const noHook = (): WorkflowError =>
  new WorkflowError('not_found', 'There is no such hook: read its path where the workflow was saved.');
