import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  proxyActivities,
  proxyLocalActivities,
  proxySinks,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { ActionAnswer, ActionCall } from '../../../interpreter/runtime.js';
import { isRecord, type Json } from '../../../json.js';
import { type CallFacts, callName, type WorkerSinks, workerStopped } from '../common/contract.js';

/** A reading action that is this quick runs as a local activity: no events of its own but its answer. */
const longestLocalMs = 10_000;

/** The worker answers timeouts itself; the server's come after it, and say that the worker is gone. */
const slackMs = 10_000;

/** Milliseconds without a sign of life after which a worker is taken for dead and a handler is called again. */
const repeatableSilenceMs = 15_000;

/** The same where a handler is never called again: nothing is won by giving up early, an answer may be lost. */
const irreversibleSilenceMs = 60_000;

/**
 * Calls an action once as an activity. Undefined: it was called, perhaps, but the worker is gone and nobody knows what
 * came of it. Retrying is the interpreter's, so Temporal never does.
 */
export const performCall = (
  runId: string,
  call: ActionCall,
  isLocal: boolean,
): Promise<ActionAnswer | undefined> => {
  const { input, path, stepId, attempt, key, timeoutMs, secrets } = call;
  const facts: CallFacts = { runId, path, stepId, attempt, key, timeoutMs, secrets };
  return activityOf(call, isLocal)(input, facts).then(
    (output) => ({ ok: true, output }),
    (error) => answerOf(call, error),
  );
};

type Activity = (input: Json, facts: CallFacts) => Promise<Json>;

const activityOf = (call: ActionCall, isLocal: boolean): Activity => {
  const { action, path, undo, timeoutMs } = call;
  const options = {
    startToCloseTimeout: timeoutMs + slackMs,
    retry: { maximumAttempts: 1 },
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    summary: undo ? `${path} (undo)` : path,
  };
  const proxy = isLocal
    ? proxyLocalActivities<Record<string, Activity>>(options)
    : proxyActivities<Record<string, Activity>>({
        ...options,
        heartbeatTimeout: isRepeatable(call) ? repeatableSilenceMs : irreversibleSilenceMs,
      });
  const activity = proxy[action];
  if (!activity) throw new TypeError(`There is no activity "${action}".`);
  return activity;
};

/** Whether a call may run in the worker that the workflow is in, as a local activity. */
export const isQuickRead = ({ effect, timeoutMs }: ActionCall): boolean =>
  effect === 'read' && timeoutMs <= longestLocalMs;

const { calls } = proxySinks<WorkerSinks>();

/**
 * Tells the handler of a local call that nobody waits for it. Temporal's own cancel breaks the workflow's task where the
 * call has just answered.
 */
export const giveUpLocalCall = (runId: string, call: ActionCall): void =>
  calls.giveUp(callName({ ...call, runId }));

/** Whether a call may be made again when its outcome is not known. */
export const isRepeatable = ({ effect, idempotent }: ActionCall): boolean =>
  effect !== 'irreversible' || idempotent;

const answerOf = (call: ActionCall, error: unknown): ActionAnswer | undefined => {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof TimeoutFailure || cause instanceof CancelledFailure) return undefined;
  if (!(cause instanceof ApplicationFailure)) {
    const message = `Temporal did not take the answer of "${call.action}". The server's log says why.`;
    return { ok: false, error: { code: 'action_failed', message }, retryable: false };
  }
  if (cause.type === workerStopped) return undefined;
  const [detail] = cause.details ?? [];
  if (!isRecord(detail)) return lost(call);
  return {
    ok: false,
    error: { code: cause.type ?? 'action_failed', message: cause.message },
    retryable: detail.retryable === true,
  };
};

/** The failure is not the handler's: its large input or answer could not be fetched or stored. */
const lost = (call: ActionCall): ActionAnswer | undefined => {
  if (!isRepeatable(call)) return undefined;
  const message = `The input or the answer of "${call.action}" was lost on its way. The log of the worker says why.`;
  return { ok: false, error: { code: 'action_failed', message }, retryable: true };
};
