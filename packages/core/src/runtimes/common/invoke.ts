import type { Action } from '../../catalog/action.js';
import { WorkflowError } from '../../errors.js';
import type { ActionAnswer, ActionCall } from '../../interpreter/runtime.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { SecretResolver } from '../../ports/secret-resolver.js';
import { type Mask, noMask } from './mask.js';
import { revealSecrets } from './reveal-secrets.js';

/**
 * Calls a handler. Answers its output or its error, `timeout` when it takes too long, undefined when `controller` aborts.
 * A handler that goes on after that is not listened to any more.
 */
export const invoke = (
  action: Action,
  call: ActionCall,
  deps: {
    readonly runId: string;
    readonly controller: AbortController;
    readonly clock: Clock;
    readonly logger: Logger;
    readonly secrets: SecretResolver;
  },
): Promise<ActionAnswer | undefined> =>
  new Promise((resolve) => {
    const { runId, controller, clock } = deps;
    const { stepId, key, attempt, timeoutMs } = call;
    const { signal } = controller;

    const end = (answer: ActionAnswer | undefined): void => {
      cancelTimer();
      signal.removeEventListener('abort', aborted);
      resolve(answer);
    };
    const aborted = (): void => end(undefined);
    const cancelTimer = clock.after(timeoutMs, () => {
      end(failure('timeout', `The action "${call.action}" took longer than ${timeoutMs} ms.`, true));
      controller.abort(new WorkflowError('timeout', 'The attempt took too long.'));
    });
    signal.addEventListener('abort', aborted);

    const run = async (): Promise<ActionAnswer> => {
      let mask: Mask = noMask;
      try {
        const revealed = await revealSecrets(call, deps.secrets);
        if (signal.aborted) return failure('cancelled', 'The attempt was given up.', false);
        mask = revealed.mask;
        const context = { key, runId, stepId, attempt, signal, logger: mask.logger(deps.logger) };
        return { ok: true, output: mask.json(await action.call(revealed.input, context)) };
      } catch (error) {
        if (!signal.aborted)
          mask.logger(deps.logger).warn({ runId, path: call.path, attempt, err: error }, 'An action failed.');
        const { code, message, retryable } = failureOf(call.action, error);
        return failure(mask.text(code), mask.text(message), retryable);
      }
    };
    void run().then(end);
  });

const failure = (code: string, message: string, retryable: boolean): ActionAnswer => ({
  ok: false,
  error: { code, message },
  retryable,
});

/** Only errors that were made for people are shown to them; others may hold secrets, and stay in the log. */
const failureOf = (action: string, error: unknown) => {
  const unknown = `The action "${action}" failed. The server's log says why.`;
  if (!WorkflowError.is(error) || error.code !== 'action_failed') {
    return { code: 'action_failed', message: unknown, retryable: true };
  }
  const { code, retryable } = error.details ?? {};
  return {
    code: typeof code === 'string' ? code : 'action_failed',
    message: error.message,
    retryable: retryable !== false,
  };
};
