import { type RateDecision, WorkflowError } from '@fk-workflow/core';

const policyName = '"chat"';

/** `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers): the quota and its window in seconds. */
export const rateLimitPolicy = (limit: number, windowMs: number): string =>
  `${policyName};q=${limit};w=${Math.ceil(windowMs / 1000)}`;

/** `RateLimit`: what is left, and the seconds until the window starts anew. */
export const rateLimitHeader = ({ remaining, resetMs }: RateDecision): string =>
  `${policyName};r=${Math.max(0, remaining)};t=${Math.ceil(resetMs / 1000)}`;

/** The refusal of a client that has used up its quota. */
export const rateLimited = (decision: RateDecision): WorkflowError => {
  const seconds = Math.max(1, Math.ceil(decision.resetMs / 1000));
  const window = Math.ceil(decision.windowMs / 1000);
  return new WorkflowError(
    'rate_limited',
    `Only ${decision.limit} messages are taken in ${window} seconds: wait ${seconds} seconds and send it again.`,
    { retryAfter: seconds },
  );
};
