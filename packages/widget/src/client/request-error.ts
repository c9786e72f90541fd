import type { Problem } from '@fk-workflow/core/protocol';

/** Facts about a failed request besides its sentence. */
export interface RequestErrorOptions {
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** The server's stable error code, or `timeout`, `network`, `cut` of this client. */
  readonly code?: string;
  /** What is wrong with the definition or the input, when the server said so. */
  readonly problems?: readonly Problem[];
  /** For the operator, to find the request in the server's log. */
  readonly traceId?: string;
  /** Whether the same request may succeed when it is simply sent again. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** A request that failed. `message` is a sentence for a person: the server's `detail` when there is one. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly problems: readonly Problem[];
  readonly traceId: string | undefined;
  readonly retryable: boolean;

  constructor(message: string, options: RequestErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.status = options.status;
    this.code = options.code;
    this.problems = options.problems ?? [];
    this.traceId = options.traceId;
    this.retryable = options.retryable ?? false;
  }
}

const unreachable = 'Unable to reach the AI service. Please check your connection and try again.';

/** No answer came at all, or it broke off. */
export const networkError = (code: 'network' | 'cut', cause?: unknown): RequestError =>
  new RequestError(unreachable, { code, retryable: true, cause });

/** Nothing came for `ms` milliseconds. As in the first version this is not retried by itself. */
export const timeoutError = (ms: number): RequestError =>
  new RequestError(`Request timed out after ${Math.round(ms / 1000)} seconds`, { code: 'timeout' });

/** Reads the error an answer outside 2xx carries: the problem document's `detail`, else its status. */
export const answerError = async (response: Response): Promise<RequestError> => {
  const { status } = response;
  const body = await problemBody(response);
  const message = text(body.detail) ?? (status < 500 ? `Client error: ${status}` : `Server error: ${status}`);
  const code = text(body.code);
  const traceId = text(body.trace_id);
  return new RequestError(message, {
    status,
    retryable: status >= 500,
    ...(code === undefined ? {} : { code }),
    ...(traceId === undefined ? {} : { traceId }),
    problems: Array.isArray(body.problems) ? body.problems.filter(isProblem) : [],
  });
};

/** A proxy's page or an empty body is no problem document: the status has to do. */
const problemBody = async (response: Response): Promise<Record<string, unknown>> => {
  const body = await response.text().catch(() => '');
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
};

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' &&
  value !== null &&
  'message' in value &&
  typeof value.message === 'string' &&
  'path' in value &&
  typeof value.path === 'string';
