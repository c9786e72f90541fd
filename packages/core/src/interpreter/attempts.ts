import type { Duration } from '../workflow/definition.js';
import { formatDuration } from '../workflow/duration.js';
import { answerOf, type Execution } from './execution.js';
import type { Flow } from './fiber.js';
import { cancelled, type Failure, failed, type StepResult, succeeded } from './result.js';
import { pauseAfter, type RetryRules } from './retry.js';
import type { ActionAnswer } from './runtime.js';

/** How a step is attempted. */
export interface Attempts {
  readonly path: string;
  readonly rules: RetryRules;
  readonly most: number;
  readonly retrying: (attempt: number, error: Failure, delay: Duration) => void;
}

/** Makes attempts until one succeeds, one fails for good or none is left; `make` gives undefined when it was cancelled. */
export function* inAttempts(
  execution: Execution,
  { path, rules, most, retrying }: Attempts,
  make: (attempt: number) => Flow<ActionAnswer | undefined>,
): Flow<StepResult> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = yield* make(attempt);
    if (!answer) return cancelled;
    if (answer.ok) return succeeded(answer.output);
    const { code, message } = answer.error;
    if (!answer.retryable || attempt >= most || rules.nonRetryable.includes(code)) {
      return failed(code, message, path);
    }
    const ms = pauseAfter(rules, attempt);
    retrying(attempt, { code, message }, formatDuration(ms));
    const pause = execution.runtime.timer({ path, purpose: 'retry', ms });
    if (!(yield* answerOf(execution, 'work', pause))) return cancelled;
  }
}
