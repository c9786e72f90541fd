import type { Json } from '../json.js';
import type { TakenOverStep } from '../ports/run-store.js';
import type { ActionLookup } from '../workflow/action-spec.js';
import type { Definition } from '../workflow/definition.js';
import { compensateAll } from './compensate.js';
import { type CompiledDefinition, compileDefinition } from './compile.js';
import { createExecution, type Execution } from './execution.js';
import { type Flow, spawn } from './fiber.js';
import { lastEvent, outcomeOf, type RunOutcome } from './outcome.js';
import { failureOf } from './result.js';
import type { Runtime } from './runtime.js';
import { topScope } from './scope.js';
import { runList } from './step-list.js';
import { supervised } from './supervise.js';

export type { RunOutcome };

/** What is to be run: a valid definition, and an input that fits it, defaults applied. */
export interface InterpretRequest {
  readonly definition: Definition;
  readonly input: Json;
  /** What expressions see as `trigger`. Default null. */
  readonly trigger?: Json;
  readonly actions: ActionLookup;
  /** Of a retried run: see `takeOver`. */
  readonly takenOver?: readonly TakenOverStep[];
}

/**
 * Runs a definition over a runtime, which performs the effects and gives the answers. Starts at once; every answer is acted
 * on wholly before the next one, so that the events depend on the order of the answers alone.
 * Emits `run.waiting` each time an answer leaves nothing open but waits and approvals.
 * Rejects only when the runtime breaks its contract, or for a bug.
 */
export const interpret = (request: InterpretRequest, runtime: Runtime): Promise<RunOutcome> =>
  new Promise((resolve, reject) => {
    const takenOver = new Map((request.takenOver ?? []).map((step) => [step.path, step]));
    const execution = createExecution(runtime, request.actions, takenOver, reject);
    execution.turn(() => spawn(wholeRun(request, execution), resolve));
  });

function* wholeRun(request: InterpretRequest, execution: Execution): Flow<RunOutcome> {
  const { runtime } = execution;
  runtime.emit({ type: 'run.started', path: '', input: request.input });
  const outcome = yield* runSteps(request, execution);
  runtime.emit(lastEvent(outcome));
  return outcome;
}

function* runSteps(request: InterpretRequest, execution: Execution): Flow<RunOutcome> {
  let compiled: CompiledDefinition;
  try {
    compiled = compileDefinition(request.definition);
  } catch (error) {
    return outcomeOf(failureOf(error, ''), undefined);
  }
  const { runId, startedAt, version } = execution.runtime;
  const scope = topScope({
    inputs: request.input,
    trigger: request.trigger ?? null,
    run: { id: runId, startedAt, version },
  });
  const { interruption, cause } = yield* supervised(
    execution,
    compiled.timeoutMs,
    runList(compiled.steps, { execution, prefix: '', scope }),
  );
  const outcome = outcomeOf(interruption, cause, () => compiled.output.evaluate(scope));
  if (outcome.status !== 'succeeded' && compiled.compensates) yield* compensateAll(execution);
  return outcome;
}
