import type { WorkflowBuilder } from '@fk-workflow/core';
import type { Endpoint } from '../endpoint.js';
import { idempotencyOf } from '../http/idempotency-key.js';
import { isForbiddenKey } from '../http/json-guard.js';
import { jsonSchema, parse } from '../http/parse.js';
import { requireAllowed } from '../http/rate-limit.js';

/** The path of a workflow's hook, below the base path. */
export const hookPath = (workflowId: string, token: string): string => `/api/hooks/${workflowId}/${token}`;

/**
 * `POST /api/hooks/{workflowId}/{token}`: a call from outside starts a run. The token is the credential, so the host's own
 * are not asked for, and the answer is the run's id alone. The body is read when the token is right.
 */
export const hookEndpoints = ({ triggers }: WorkflowBuilder): readonly Endpoint[] => [
  {
    method: 'POST',
    path: hookPath(':workflowId', ':token'),
    open: () => true,
    async handle({ param, request, anyBody, answerHeaders }) {
      const hook = { workflowId: param('workflowId'), token: param('token') };
      requireAllowed('hook', await triggers.limitHook(hook), answerHeaders);
      const run = await triggers.webhook(hook, {
        body: parse(jsonSchema, await anyBody()),
        headers: toldHeaders(request.headers),
        ...idempotencyOf(request),
      });
      return Response.json({ run_id: run.runId }, { status: 202 });
    },
  },
];

/** Credentials, and what proxies on the way say of themselves and of the caller. */
const untold = /^(?:authorization|cookie|x-api-key|proxy-.*|forwarded|via|x-forwarded-.*|x-real-ip)$/;

/** The headers that a run may know. `Headers` gives names in lower case. */
const toldHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !untold.test(name) && !isForbiddenKey(name)));
