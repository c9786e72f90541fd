import type { Json } from '../json.js';
import type { RunError, RunEventBody } from '../workflow/run.js';
import { failureOf, type Interruption } from './result.js';
import type { CancelCause } from './supervise.js';

/** How a run ended. */
export type RunOutcome =
  | { readonly status: 'succeeded'; readonly output: Json }
  | { readonly status: 'failed'; readonly error: RunError }
  | { readonly status: 'cancelled'; readonly reason: string | null };

/**
 * The outcome of a run from what interrupted its steps, if anything. The output is that of the `stop` that ended it, else
 * what `output` evaluates; when that fails, the run does.
 */
export const outcomeOf = (
  interruption: Interruption | undefined,
  cause: CancelCause | undefined,
  output: () => Json = () => null,
): RunOutcome => {
  switch (interruption?.kind) {
    case 'failed': {
      const { error, path } = interruption;
      return { status: 'failed', error: path === '' ? error : { ...error, path } };
    }
    case 'cancelled':
      if (cause?.kind === 'cancel') return { status: 'cancelled', reason: cause.reason };
      return { status: 'failed', error: { code: 'timeout', message: 'The run took longer than it may.' } };
    default:
      try {
        return { status: 'succeeded', output: interruption?.output ?? output() };
      } catch (error) {
        return outcomeOf(failureOf(error, ''), cause);
      }
  }
};

/** The event that ends the log. */
export const lastEvent = (outcome: RunOutcome): RunEventBody => {
  switch (outcome.status) {
    case 'succeeded':
      return { type: 'run.succeeded', path: '', output: outcome.output };
    case 'failed':
      return { type: 'run.failed', path: '', error: outcome.error };
    case 'cancelled':
      return {
        type: 'run.cancelled',
        path: '',
        ...(outcome.reason === null ? {} : { reason: outcome.reason }),
      };
  }
};
