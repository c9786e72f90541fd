import type { Execution } from './execution.js';
import type { Flow } from './fiber.js';
import { failed, failureOf, type Interruption, type StepResult } from './result.js';
import { record, type StepScope } from './scope.js';
import { takenOverResult } from './taken-over.js';

/** Where a list runs: in which run, inside which loop rounds, seeing what. */
export interface Place {
  readonly execution: Execution;
  /** `` outside loops, else e.g. `each[3]/`. */
  readonly prefix: string;
  readonly scope: StepScope;
}

/** A step ready to run. Undefined: the list goes on. */
export interface CompiledStep {
  readonly id: string;
  run(place: Place): Flow<Interruption | undefined>;
}

/** A list of steps ready to run. */
export type CompiledList = readonly CompiledStep[];

/** What a kind of step does between its start and its end; a kind that never waits gives its result right away. */
export type StepBody = (place: Place, path: string) => Flow<StepResult> | StepResult;

/** Runs steps one after the other, up to the first that does not let the list go on. */
export function* runList(steps: CompiledList, place: Place): Flow<Interruption | undefined> {
  const { execution, prefix } = place;
  // A round without steps counts too: loops in loops would never end.
  if (!execution.take(steps.length + 1)) {
    const message = 'The run takes too many steps: give its loops fewer rounds or items.';
    return failed('too_many_steps', message, prefix.slice(0, -1));
  }
  for (const step of steps) {
    const interruption = yield* step.run(place);
    if (interruption) return interruption;
  }
  return undefined;
}

/** A step whose events are a start and an end: every kind but actions, which may start more than once. */
export const simpleStep = (stepId: string, body: StepBody): CompiledStep => ({
  id: stepId,
  *run(place) {
    const path = place.prefix + stepId;
    const { runtime, takenOver } = place.execution;
    const reused = takenOverResult(takenOver, path);
    if (reused?.kind === 'succeeded') {
      runtime.emit({ type: 'step.skipped', path, stepId, reason: 'reused' });
      record(place.scope, stepId, { output: reused.output });
      return undefined;
    }
    runtime.emit({ type: 'step.started', path, stepId, attempt: 1 });
    return end(stepId, place, path, yield* attempt(body, place, path));
  },
});

/** Runs a body; the failure of an expression in it is its failure. */
export function* attempt(body: StepBody, place: Place, path: string): Flow<StepResult> {
  try {
    const result = body(place, path);
    return 'kind' in result ? result : yield* result;
  } catch (error) {
    return failureOf(error, path);
  }
}

/** Records and reports how a step ended; a `stop` inside it closes it as succeeded. */
const end = (stepId: string, place: Place, path: string, result: StepResult): Interruption | undefined => {
  const { runtime } = place.execution;
  switch (result.kind) {
    case 'succeeded':
      record(place.scope, stepId, { output: result.output });
      runtime.emit({ type: 'step.succeeded', path, stepId, output: result.output });
      return undefined;
    case 'stopped':
      runtime.emit({ type: 'step.succeeded', path, stepId, output: result.output ?? null });
      return result;
    default:
      runtime.emit({ type: 'step.failed', path, stepId, error: result.error });
      return result;
  }
};
