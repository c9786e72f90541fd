import { compileTemplates } from '../expressions/compile.js';
import type { Json } from '../json.js';
import type { Step, WorkflowStep } from '../workflow/definition.js';
import { parseDuration } from '../workflow/duration.js';
import { inAttempts } from './attempts.js';
import { answerBefore, type Execution } from './execution.js';
import type { Flow } from './fiber.js';
import { recoverableStep } from './on-error.js';
import { failureOf } from './result.js';
import { retryRules } from './retry.js';
import type { ActionAnswer, TimerRequest } from './runtime.js';
import type { CompiledList, CompiledStep } from './step-list.js';
import { subRunId } from './sub-run.js';

/**
 * Runs another workflow as a run of its own, a new one each attempt. Without a policy there is one attempt: the steps
 * of the sub-run have their own.
 */
export const compileSubWorkflow = (
  step: WorkflowStep,
  compileList: (steps: readonly Step[]) => CompiledList,
): CompiledStep => {
  const stepId = step.id;
  const templates = compileTemplates(step.input ?? {});
  const rules = retryRules(step.retry);
  const most = rules.maxAttempts ?? 1;

  return recoverableStep(step, compileList, function* subWorkflow({ execution, scope }, path) {
    const { runtime } = execution;
    let input: Json;
    try {
      input = templates.evaluate(scope);
    } catch (error) {
      runtime.emit({ type: 'step.started', path, stepId, attempt: 1 });
      return failureOf(error, path);
    }
    const retrying: Parameters<typeof inAttempts>[1]['retrying'] = (attempt, error, delay) =>
      runtime.emit({ type: 'step.retrying', path, stepId, attempt, error, delay });
    return yield* inAttempts(execution, { path, rules, most, retrying }, (attempt) => {
      runtime.emit({ type: 'step.started', path, stepId, attempt, input });
      return runOnce(step, execution, path, input, attempt);
    });
  });
};

function* runOnce(
  { workflow, version, title, timeout }: WorkflowStep,
  execution: Execution,
  path: string,
  input: Json,
  attempt: number,
): Flow<ActionAnswer | undefined> {
  const { runtime } = execution;
  const runId = subRunId(runtime.runId, path, attempt);
  const deadline: TimerRequest | undefined =
    timeout === undefined ? undefined : { path, purpose: 'timeout', ms: parseDuration(timeout) ?? 0 };
  const shown = { kind: 'workflow', path, runId, ...(title === undefined ? {} : { title }) } as const;
  const hide = runtime.waiting(shown, deadline);
  const first = yield* answerBefore(
    execution,
    runtime.subRun({ path, attempt, runId, workflow, version, input }),
    deadline && runtime.timer(deadline),
  );
  hide();
  if (first !== 'timeout') return first?.value;
  const message = `The workflow "${workflow}" took longer than ${timeout}.`;
  return { ok: false, error: { code: 'timeout', message }, retryable: true };
}
