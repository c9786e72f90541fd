import type { Json } from '../json.js';
import type { ActionSpec } from '../workflow/action-spec.js';
import type { Duration } from '../workflow/definition.js';
import { parseDuration } from '../workflow/duration.js';
import { type Attempts, inAttempts } from './attempts.js';
import { answerOf, type Execution, keyOf } from './execution.js';
import type { Flow } from './fiber.js';
import type { StepResult } from './result.js';
import { attemptsOf, type RetryRules } from './retry.js';
import type { Pending, SecretText } from './runtime.js';

/** A call with all its attempts. */
export interface Call {
  readonly path: string;
  readonly stepId: string;
  readonly spec: ActionSpec;
  readonly input: Json;
  readonly secrets: readonly SecretText[];
  readonly rules: RetryRules;
  /** Of an attempt; default: the action's own, else a minute. */
  readonly timeout: Duration | undefined;
  readonly undo: boolean;
  readonly started: (attempt: number) => void;
  readonly retrying: Attempts['retrying'];
}

const defaultTimeoutMs = 60_000;

/** Calls an action until it succeeds, fails for good or has no attempts left. */
export const callAction = (execution: Execution, call: Call): Flow<StepResult> => {
  const { path, stepId, spec, input, secrets, rules, undo, retrying } = call;
  const { id: action, effect, idempotent } = spec;
  const timeout = call.timeout ?? spec.timeout;
  const timeoutMs = (timeout === undefined ? undefined : parseDuration(timeout)) ?? defaultTimeoutMs;
  const key = `${keyOf(execution, path)}${undo ? '#undo' : ''}`;

  const most = attemptsOf(rules, effect);
  return inAttempts(execution, { path, rules, most, retrying }, (attempt) => {
    call.started(attempt);
    const pending = execution.runtime.action({
      path,
      stepId,
      action,
      input,
      secrets,
      attempt,
      key,
      effect,
      idempotent,
      timeoutMs,
      undo,
    });
    return answerValue(execution, pending);
  });
};

/** Not written as a generator function at its call: a new one there each time costs more than all else of a step. */
function* answerValue<T>(execution: Execution, pending: Pending<T>): Flow<T | undefined> {
  return (yield* answerOf(execution, 'work', pending))?.value;
}
