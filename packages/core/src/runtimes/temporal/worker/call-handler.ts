import type { Context } from '@temporalio/activity';
import type { ApplicationFailure as Failure } from '@temporalio/common';
import type { Catalog } from '../../../catalog/catalog.js';
import type { ActionAnswer, ActionCall } from '../../../interpreter/runtime.js';
import type { Json } from '../../../json.js';
import type { Clock } from '../../../ports/clock.js';
import type { Logger } from '../../../ports/logger.js';
import type { SecretResolver } from '../../../ports/secret-resolver.js';
import { type Abort, createAbort } from '../../common/abort.js';
import { invoke } from '../../common/invoke.js';
import { type CallFacts, callName, type FailureDetail, workerStopped } from '../common/contract.js';
import { isTooLarge, payloadBytes } from '../common/payload-size.js';

/** What {@link createCallHandler} needs; the two packages are optional, so they are handed in. */
export interface CallHandlerDeps {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: SecretResolver;
  /** Whether large payloads are kept elsewhere. */
  readonly storesLarge: boolean;
  readonly activity: typeof import('@temporalio/activity');
  readonly common: typeof import('@temporalio/common');
}

/** Milliseconds between two signs of life; by their answers a cancel reaches the handler. */
const heartbeatEveryMs = 1000;

/** Calls the handlers of a worker. */
export interface CallHandler {
  /** The activity behind every action. */
  readonly call: (input: Json, facts: CallFacts) => Promise<Json>;
  /** Aborts the handler of a {@link callName}, if it is at work here. */
  readonly giveUp: (name: string) => void;
}

/**
 * Makes a {@link CallHandler}, which calls handlers of the catalog as the embedded runtime does. What it fails
 * with is a failure of Temporal that is never retried there, with our code as its type.
 */
export const createCallHandler = (deps: CallHandlerDeps): CallHandler => {
  const atWork = new Map<string, Abort>();

  return {
    async call(input, facts) {
      const context = deps.activity.Context.current();
      const { activityType, isLocal } = context.info;
      const heartbeat = isLocal ? undefined : setInterval(() => context.heartbeat(), heartbeatEveryMs);
      const name = callName(facts);
      const abort = createAbort();
      atWork.set(name, abort);
      try {
        const answer = await answerOf(activityType, input, facts, abort, context, deps);
        if (answer.ok) return answer.output;
        throw failureOf(answer, deps);
      } finally {
        clearInterval(heartbeat);
        if (atWork.get(name) === abort) atWork.delete(name);
      }
    },
    giveUp(name) {
      atWork.get(name)?.abort();
    },
  };
};

const answerOf = async (
  id: string,
  input: Json,
  facts: CallFacts,
  abort: Abort,
  context: Context,
  deps: CallHandlerDeps,
): Promise<ActionAnswer> => {
  const action = deps.catalog.action(id);
  if (!action) return failure('unknown_action', `There is no action "${id}" in the catalog.`);
  const { effect, idempotent } = action.spec;
  // Settles only when the activity is cancelled or its worker stops.
  context.cancelled.catch((reason: unknown) => abort.abort(reason));
  const { runId, path, stepId, attempt, key, timeoutMs, secrets } = facts;
  // Named one by one: to spread the facts and the deps takes a third of the time that a call has here.
  const call: ActionCall = {
    path,
    stepId,
    attempt,
    key,
    timeoutMs,
    secrets,
    action: id,
    input,
    effect,
    idempotent,
    undo: false,
  };
  const { clock, logger, secrets: resolver } = deps;
  const answer = context.cancellationSignal.aborted
    ? undefined
    : await invoke(action, call, abort, { runId, clock, logger, secrets: resolver });
  if (!answer) return givenUp(context);
  if (answer.ok && !deps.storesLarge && isTooLarge(answer.output)) {
    return failure('output_too_large', `The output of "${id}" has more than ${payloadBytes} bytes.`);
  }
  return answer;
};

/** Cancelled by the run: nobody listens. Any other reason means that the attempt may have to be made again. */
const givenUp = async ({ cancellationDetails, cancelled }: Context): Promise<ActionAnswer> => {
  if (cancellationDetails?.cancelRequested) await cancelled;
  return failure(workerStopped, 'The worker stopped before the action had answered.');
};

const failure = (code: string, message: string): ActionAnswer => ({
  ok: false,
  error: { code, message },
  retryable: false,
});

const failureOf = (
  { error, retryable }: ActionAnswer & { readonly ok: false },
  { common }: CallHandlerDeps,
): Failure => {
  const made = common.ApplicationFailure.create({
    message: error.message,
    type: error.code,
    nonRetryable: true,
    details: [{ retryable } satisfies FailureDetail],
    // The handler's failure is in our log already.
    category: common.ApplicationFailureCategory.BENIGN,
  });
  // It tells of this file only, and would stand in the history.
  made.stack = '';
  return made;
};
