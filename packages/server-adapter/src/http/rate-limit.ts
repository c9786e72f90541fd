import { type RateDecision, WorkflowError } from '@fk-workflow/core';

/** What is limited: the name of the policy, and what its refusal calls what is counted. */
const counted = { chat: 'messages', hook: 'calls' } as const;

type Policy = keyof typeof counted;

/** `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers): the quota and its window in seconds. */
export const rateLimitPolicy = (policy: Policy, limit: number, windowMs: number): string =>
  `"${policy}";q=${limit};w=${Math.ceil(windowMs / 1000)}`;

/** `RateLimit`: what is left, and the seconds until the window starts anew. */
const rateLimitHeader = (policy: Policy, { remaining, resetMs }: RateDecision): string =>
  `"${policy}";r=${Math.max(0, remaining)};t=${Math.ceil(resetMs / 1000)}`;

/** Says in the answer's headers what is left. Throws `rate_limited` when the quota is used up. */
export const requireAllowed = (policy: Policy, decision: RateDecision, answerHeaders: Headers): void => {
  answerHeaders.set('RateLimit-Policy', rateLimitPolicy(policy, decision.limit, decision.windowMs));
  answerHeaders.set('RateLimit', rateLimitHeader(policy, decision));
  if (decision.allowed) return;
  const seconds = Math.max(1, Math.ceil(decision.resetMs / 1000));
  const window = Math.ceil(decision.windowMs / 1000);
  throw new WorkflowError(
    'rate_limited',
    `Only ${decision.limit} ${counted[policy]} are taken in ${window} seconds: wait ${seconds} seconds and send it again.`,
    { retryAfter: seconds },
  );
};
