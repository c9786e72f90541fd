/**
 * What expressions see. Every list of steps has a scope of its own, so that a step sees the steps before it in its list
 * and in every enclosing list, and nothing else.
 */
import type { Scope } from '../expressions/frame.js';
import type { Json } from '../json.js';
import type { Failure } from './result.js';

type Names = Record<string, unknown>;

/** A {@link Scope} whose `steps` and `vars` grow as steps end. */
export interface StepScope extends Scope {
  readonly vars: Names;
  readonly steps: Names;
}

/** Without a prototype: a step called `constructor` is a step like any other. */
const names = (...from: readonly object[]): Names => Object.assign(Object.create(null), ...from);

/** The scope of the top list. */
export const topScope = (values: {
  readonly inputs: Json;
  readonly trigger: Json;
  readonly run: { readonly id: string; readonly startedAt: string; readonly version: number };
}): StepScope => ({ ...values, vars: names(), steps: names() });

/** The scope of a case or a recovery list: its steps are its own, variables are set outside too. */
export const nestedScope = (outer: StepScope): StepScope => ({ ...outer, steps: names(outer.steps) });

/** The scope of a parallel branch or a loop round: neither its steps nor its variables are seen outside. */
export const isolatedScope = (outer: StepScope, loop: { readonly [name: string]: Json } = {}): StepScope => ({
  ...outer,
  ...loop,
  vars: names(outer.vars),
  steps: names(outer.steps),
});

/** Makes the steps of an inner list visible in the list around it. */
export const reveal = (inner: StepScope, outer: StepScope): void => {
  Object.assign(outer.steps, inner.steps);
};

/** The output of a step that ended in this scope, else null. */
export const outputIn = (scope: StepScope, stepId: string): Json => {
  const step = scope.steps[stepId];
  return isEnded(step) ? step.output : null;
};

/** What `steps.<id>` is once the step ended. */
interface EndedStep {
  readonly output: Json;
  readonly error?: Failure;
}

const isEnded = (value: unknown): value is EndedStep =>
  typeof value === 'object' && value !== null && 'output' in value;

/** Records how a step ended. */
export const record = (scope: StepScope, stepId: string, ended: EndedStep): void => {
  scope.steps[stepId] = ended;
};
