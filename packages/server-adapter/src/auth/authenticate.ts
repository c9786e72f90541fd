import { WorkflowError } from '@fk-workflow/core';
import type { Identity, Settings } from '../options.js';
import { apiKeyCheck, presentedKey } from './api-keys.js';

/** Says who a request comes from, or undefined when the host does not authenticate. Throws `unauthorized`. */
export type Authenticate = (request: Request) => Promise<Identity | undefined>;

/** Chooses the way: the host's hook, else its API keys, else nobody is asked. */
export const authenticator = (options: Pick<Settings, 'authenticate' | 'apiKeys'>): Authenticate => {
  const { authenticate, apiKeys } = options;
  if (authenticate) {
    return async (request) => {
      const { method, headers } = request;
      const who = await authenticate(new Request(request.url, { method, headers }));
      if (who === null) throw refused('Sign in first: the credentials are missing, wrong or expired.');
      return who;
    };
  }
  if (!apiKeys) return async () => undefined;
  const check = apiKeyCheck(apiKeys);
  return async ({ headers }) => {
    const principal = check(presentedKey(headers) ?? '');
    if (principal === null) {
      throw refused('Send a valid API key as "Authorization: Bearer <key>" or "X-API-Key: <key>".');
    }
    return { principal };
  };
};

const refused = (message: string): WorkflowError => new WorkflowError('unauthorized', message);
