import type { Action } from '../../catalog/action.js';
import { WorkflowError } from '../../errors.js';
import type { ActionAnswer, ActionCall } from '../../interpreter/runtime.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { SecretResolver } from '../../ports/secret-resolver.js';
import type { Abort } from './abort.js';
import { type Mask, noMask } from './mask.js';
import { revealSecrets } from './reveal-secrets.js';

/** Characters of what a handler says of its failure: it is kept with the run, and Temporal takes 2 MB. */
const longestCode = 100;
const longestMessage = 10_000;

/**
 * Calls a handler. Answers its output or its error, `timeout` when it takes too long, undefined when it is aborted.
 * A handler that goes on after that is not listened to any more.
 */
export const invoke = (
  action: Action,
  call: ActionCall,
  abort: Abort,
  deps: {
    readonly runId: string;
    readonly clock: Clock;
    readonly logger: Logger;
    readonly secrets: SecretResolver;
  },
): Promise<ActionAnswer | undefined> =>
  new Promise((resolve) => {
    const { runId, clock } = deps;
    const { stepId, key, attempt, timeoutMs } = call;

    const end = (answer: ActionAnswer | undefined): void => {
      cancelTimer();
      resolve(answer);
    };
    const cancelTimer = clock.after(timeoutMs, () => {
      end(failure('timeout', `The action "${call.action}" took longer than ${timeoutMs} ms.`, true));
      abort.abort(new WorkflowError('timeout', 'The attempt took too long.'));
    });
    abort.onAbort(() => end(undefined));

    const run = async (): Promise<ActionAnswer> => {
      let mask: Mask = noMask;
      try {
        const revealed = await revealSecrets(call, deps.secrets);
        if (abort.aborted) return failure('cancelled', 'The attempt was given up.', false);
        mask = revealed.mask;
        const context = {
          key,
          runId,
          stepId,
          attempt,
          logger: mask.logger(deps.logger),
          get signal() {
            return abort.signal;
          },
        };
        return { ok: true, output: mask.json(await action.call(revealed.input, context)) };
      } catch (error) {
        if (!abort.aborted)
          mask.logger(deps.logger).warn({ runId, path: call.path, attempt, err: error }, 'An action failed.');
        const { code, message, retryable } = failureOf(call.action, error);
        // Masked first: half a secret would not be found.
        return failure(
          mask.text(code).slice(0, longestCode),
          mask.text(message).slice(0, longestMessage),
          retryable,
        );
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
