import { WorkflowError } from '../errors.js';
import { fail } from './fail.js';

/** The values an expression can name. Only own properties count, so null-prototype objects are welcome. */
export type Scope = { readonly [name: string]: unknown };

/** One evaluation under way. */
export interface Frame {
  readonly scope: Scope;
  /** The current item of the macro that runs; macros do not nest. */
  local: unknown;
  /** Steps that are left, see {@link spend}. */
  budget: number;
}

/** An expression ready to run. */
export type Evaluate = (frame: Frame) => unknown;

/** Steps one evaluation may take: tens of milliseconds of work, 200 at the worst. */
const maxSteps = 200_000;

/** What a failure that is hidden costs in steps: it is thrown and caught, which is slow. */
const hiddenFailureSteps = 20;

/** Starts an evaluation. */
export const newFrame = (scope: Scope): Frame => ({ scope, local: undefined, budget: maxSteps });

/** Takes steps from the budget. Throws `expression_failed` when it is used up, then and at every later step. */
export const spend = (frame: Frame, steps: number): void => {
  frame.budget -= steps;
  if (frame.budget < 0) fail('It takes too much work. Do less in one expression.');
};

/**
 * Whether CEL lets what comes next hide a failure (`||`, `&&`, `all`, `exists`); anything that is no failure of the
 * expression is thrown on, and so is a used-up budget: nothing may go on after it.
 */
export const hideFailure = (error: unknown, frame: Frame): WorkflowError => {
  if (!WorkflowError.is(error) || frame.budget < 0) throw error;
  spend(frame, hiddenFailureSteps);
  return error;
};
