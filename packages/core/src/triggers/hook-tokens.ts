import { createHmac, timingSafeEqual } from 'node:crypto';
import { WorkflowError } from '../errors.js';

/** Characters that a webhook secret must have at least. */
const leastSecret = 32;

/** The tokens by which hooks are called: each good for one workflow, and made again from the secret alone. */
export interface HookTokens {
  of(workflowId: string): string;
  /** Whether a token is the workflow's; takes the same time whatever is wrong. */
  fits(workflowId: string, token: string): boolean;
}

/** Makes {@link HookTokens}. Throws `configuration` for a short secret. */
export const createHookTokens = (secret: string): HookTokens => {
  if (secret.length < leastSecret) {
    throw new WorkflowError(
      'configuration',
      `webhookSecret must have at least ${leastSecret} characters: make one with "openssl rand -hex 32".`,
    );
  }
  const sign = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  const of = (workflowId: string): string => sign(`hook ${workflowId}`).toString('base64url');
  return {
    of,
    // Their signatures are compared: equally long, and telling nothing of the tokens.
    fits: (workflowId, token) => timingSafeEqual(sign(token), sign(of(workflowId))),
  };
};
