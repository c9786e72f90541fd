import { errorKinds, WorkflowError } from '@fk-workflow/core';
import type { ProblemDetails } from '@fk-workflow/core/protocol';

/**
 * Answers an error as `application/problem+json`. What is not a `WorkflowError` is told as `internal`:
 * its message may hold anything, so it goes to the log only.
 */
export const problemResponse = (error: unknown, traceId: string): Response => {
  const known = asWorkflowError(error);
  const kind = errorKinds[known.code];
  const body: ProblemDetails = {
    ...known.details,
    type: `urn:fk-workflow:error:${known.code}`,
    title: kind.title,
    status: kind.status,
    detail: known.message,
    code: known.code,
    trace_id: traceId,
  };
  const headers = new Headers({ 'Content-Type': 'application/problem+json' });
  if (known.retryAfter !== undefined) {
    headers.set('Retry-After', String(Math.max(1, Math.ceil(known.retryAfter))));
  }
  if (known.code === 'unauthorized') headers.set('WWW-Authenticate', 'Bearer');
  return new Response(JSON.stringify(body), { status: kind.status, headers });
};

/** The error as one of this library; a stranger, also a code of a newer core, is `internal`. */
export const asWorkflowError = (error: unknown): WorkflowError =>
  WorkflowError.is(error) && Object.hasOwn(errorKinds, error.code)
    ? error
    : new WorkflowError(
        'internal',
        'Something went wrong on the server. Try again; if it stays, give the operator the trace id.',
        { cause: error },
      );
