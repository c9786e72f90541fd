import { compileTemplates } from '../expressions/compile.js';
import { isDateTime } from '../workflow/date-time.js';
import type { WaitStep } from '../workflow/definition.js';
import { parseDuration } from '../workflow/duration.js';
import { answerBefore, answerOf, type Execution } from './execution.js';
import type { Flow } from './fiber.js';
import { cancelled, failed, type StepResult, succeeded } from './result.js';
import type { TimerRequest } from './runtime.js';
import { type CompiledStep, type StepBody, simpleStep } from './step-list.js';

/** Waits for a duration, a point in time or a signal. */
export const compileWait = (step: WaitStep): CompiledStep => {
  if (step.signal !== undefined) return simpleStep(step.id, waitForSignal(step, step.signal));
  if (step.until !== undefined) return simpleStep(step.id, waitUntil(step, step.until));
  return simpleStep(step.id, waitFor(step, step.duration ?? 'PT0S'));
};

const titleOf = (step: WaitStep) => (step.title === undefined ? {} : { title: step.title });

const waitFor = (step: WaitStep, duration: string): StepBody => {
  const ms = parseDuration(duration) ?? 0;
  return function* wait({ execution }, path) {
    execution.runtime.emit({ type: 'wait.started', path, stepId: step.id, duration });
    return yield* timer(step, execution, { path, purpose: 'wait', ms });
  };
};

const waitUntil = (step: WaitStep, template: string): StepBody => {
  const moment = compileTemplates(template);
  return function* wait({ execution, scope }, path) {
    const until = moment.evaluate(scope);
    if (typeof until !== 'string' || !isDateTime(until)) {
      const message = 'What it waits until is no date-time: write it as 2030-01-31T08:00:00Z.';
      return failed('expression_failed', message, path);
    }
    execution.runtime.emit({ type: 'wait.started', path, stepId: step.id, until });
    return yield* timer(step, execution, { path, purpose: 'wait', until: Date.parse(until) });
  };
};

function* timer(step: WaitStep, execution: Execution, request: TimerRequest): Flow<StepResult> {
  const { runtime } = execution;
  const shown = runtime.waiting({ kind: 'timer', path: request.path, ...titleOf(step) }, request);
  const came = yield* answerOf(execution, 'wait', runtime.timer(request));
  shown();
  if (!came) return cancelled;
  runtime.emit({ type: 'wait.ended', path: request.path, stepId: step.id });
  return succeeded(null);
}

const waitForSignal = (step: WaitStep, signal: string): StepBody => {
  const { timeout } = step;
  const ms = timeout === undefined ? undefined : (parseDuration(timeout) ?? 0);
  return function* wait({ execution }, path) {
    const { runtime } = execution;
    const deadline: TimerRequest | undefined =
      ms === undefined ? undefined : { path, purpose: 'timeout', ms };
    runtime.emit({
      type: 'wait.started',
      path,
      stepId: step.id,
      signal,
      ...(timeout === undefined ? {} : { timeout }),
    });
    const shown = runtime.waiting({ kind: 'signal', path, signal, ...titleOf(step) }, deadline);
    const first = yield* answerBefore(
      execution,
      runtime.signal({ path, name: signal }),
      deadline && runtime.timer(deadline),
    );
    shown();
    if (!first) return cancelled;
    const received = first !== 'timeout';
    runtime.emit({ type: 'wait.ended', path, stepId: step.id, received });
    return succeeded({ received, payload: received ? first.value.payload : null });
  };
};
