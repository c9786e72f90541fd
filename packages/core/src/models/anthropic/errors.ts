import type Anthropic from '@anthropic-ai/sdk';
import { WorkflowError } from '../../errors.js';

/** A failed call as callers see it, and what a retry has to know. */
export interface CallFailure {
  readonly error: WorkflowError;
  /** Whether the same call may succeed soon. */
  readonly retryable: boolean;
  /** Seconds the provider asks to wait. */
  readonly retryAfter: number | undefined;
}

const failure = (
  code: 'model_failed' | 'model_unavailable',
  message: string,
  cause: unknown,
  retryable: boolean,
  retryAfter?: number,
): CallFailure => ({
  error: new WorkflowError(code, message, { cause, ...(retryAfter === undefined ? {} : { retryAfter }) }),
  retryable,
  retryAfter,
});

/** Makes a typed error of whatever the SDK throws. The provider's own text stays in `cause`: it may quote the prompt. */
export const callFailure = (sdk: typeof Anthropic, error: unknown): CallFailure => {
  if (WorkflowError.is(error)) return { error, retryable: error.retryable, retryAfter: error.retryAfter };
  if (error instanceof sdk.APIConnectionError) {
    return failure(
      'model_unavailable',
      'The language model cannot be reached. Try again in a moment.',
      error,
      true,
    );
  }
  if (!(error instanceof sdk.APIError)) {
    return failure('model_failed', 'The language model sent an answer that cannot be read.', error, true);
  }
  const status: number | undefined = error.status;
  // An error event inside a stream has no status, only its type.
  if (
    status === 429 ||
    status === 529 ||
    error.type === 'overloaded_error' ||
    error.type === 'rate_limit_error'
  ) {
    const seconds = retryAfterOf(error.headers) ?? 10;
    return failure(
      'model_unavailable',
      `The language model is busy. Try again in ${seconds} seconds.`,
      error,
      true,
      seconds,
    );
  }
  if (status === 401 || status === 403) {
    return failure(
      'model_unavailable',
      'The language model refuses this server. Its operator has to check the API key and its rights.',
      error,
      false,
    );
  }
  if (status === 404) {
    return failure(
      'model_unavailable',
      'The language model does not exist there. The operator has to check its name.',
      error,
      false,
    );
  }
  if (status !== undefined && status < 500) {
    return failure(
      'model_failed',
      'The language model did not take the request. Try a shorter message.',
      error,
      false,
    );
  }
  return failure('model_failed', 'The language model failed. Try again in a moment.', error, true);
};

const retryAfterOf = (headers: Headers | undefined): number | undefined => {
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : undefined;
};
