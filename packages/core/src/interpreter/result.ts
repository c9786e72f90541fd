import { WorkflowError } from '../errors.js';
import type { Json } from '../json.js';

/** Code and message of a failure, as events and `steps.<id>.error` show them. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** What keeps a list from going on: a failure of the step at `path`, a `stop`, or that it was cancelled. */
export type Interruption =
  | { readonly kind: 'failed'; readonly error: Failure; readonly path: string }
  | { readonly kind: 'stopped'; readonly output: Json | undefined }
  | { readonly kind: 'cancelled'; readonly error: Failure };

/** How a step ended. */
export type StepResult = { readonly kind: 'succeeded'; readonly output: Json } | Interruption;

/** A step that did what it should. */
export const succeeded = (output: Json): StepResult => ({ kind: 'succeeded', output });

/** A step that failed. */
export const failed = (code: string, message: string, path: string): Interruption => ({
  kind: 'failed',
  error: { code, message },
  path,
});

/** A step that was given up. */
export const cancelled: Interruption = {
  kind: 'cancelled',
  error: { code: 'cancelled', message: 'It was given up, because the run or a step beside it ended.' },
};

/** The failure behind an error of an expression; any other error is a bug and thrown on. */
export const failureOf = (error: unknown, path: string): Interruption => {
  if (!WorkflowError.is(error)) throw error;
  return failed(error.code, error.message, path);
};
