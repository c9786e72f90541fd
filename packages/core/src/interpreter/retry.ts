import type { Effect } from '../workflow/action-spec.js';
import type { RetryPolicy } from '../workflow/definition.js';
import { parseDuration } from '../workflow/duration.js';

/** How failed attempts are repeated; times in milliseconds. */
export interface RetryRules {
  /** Undefined: by the effect, see {@link attemptsOf}. */
  readonly maxAttempts: number | undefined;
  readonly initialMs: number;
  readonly backoff: number;
  readonly maxMs: number;
  readonly nonRetryable: readonly string[];
}

/** Fills a policy's gaps: the first pause 1 s, each twice as long as the one before, at most a minute. */
export const retryRules = (policy: RetryPolicy = {}): RetryRules => ({
  maxAttempts: policy.maxAttempts,
  initialMs: parseDuration(policy.initialInterval ?? 'PT1S') ?? 1000,
  backoff: policy.backoff ?? 2,
  maxMs: parseDuration(policy.maxInterval ?? 'PT1M') ?? 60_000,
  nonRetryable: policy.nonRetryable ?? [],
});

/** Attempts that a step has: what its policy says, else 3, and 1 for what cannot be taken back. */
export const attemptsOf = (rules: RetryRules, effect: Effect): number =>
  rules.maxAttempts ?? (effect === 'irreversible' ? 1 : 3);

/** Milliseconds between a failed attempt (from 1) and the next. */
export const pauseAfter = (rules: RetryRules, attempt: number): number =>
  Math.min(Math.round(rules.initialMs * rules.backoff ** (attempt - 1)), rules.maxMs);
