import { compileTemplates } from '../expressions/compile.js';
import { isRecord, type Json } from '../json.js';
import type { ApprovalStep } from '../workflow/definition.js';
import { parseDuration } from '../workflow/duration.js';
import { answerBefore } from './execution.js';
import { cancelled, failed, succeeded } from './result.js';
import type { TimerRequest } from './runtime.js';
import { type CompiledStep, simpleStep } from './step-list.js';

/** Asks a person. Without an answer in time, `onTimeout` decides; a rejection fails the run unless `onReject` says otherwise. */
export const compileApproval = (step: ApprovalStep): CompiledStep => {
  const { timeout, approvers } = step;
  const ms = timeout === undefined ? undefined : (parseDuration(timeout) ?? 0);
  const title = compileTemplates(step.title);
  const message = step.message === undefined ? undefined : compileTemplates(step.message);
  return simpleStep(step.id, function* approval({ execution, scope }, path) {
    const { runtime } = execution;
    const deadline: TimerRequest | undefined =
      ms === undefined ? undefined : { path, purpose: 'timeout', ms };
    const shown = {
      title: text(title.evaluate(scope)),
      ...(message ? { message: text(message.evaluate(scope)) } : {}),
    };
    runtime.emit({
      type: 'approval.requested',
      path,
      stepId: step.id,
      ...shown,
      ...(approvers ? { approvers } : {}),
      ...(timeout === undefined ? {} : { timeout }),
    });
    const hide = runtime.waiting({ kind: 'approval', path, ...shown }, deadline);
    const first = yield* answerBefore(
      execution,
      runtime.signal({ path }),
      deadline && runtime.timer(deadline),
    );
    hide();
    if (!first) return cancelled;
    const answer =
      first === 'timeout'
        ? { decision: step.onTimeout ?? 'rejected', by: null, comment: null }
        : { ...decisionOf(first.value.payload), by: first.value.by };
    runtime.emit({ type: 'approval.decided', path, stepId: step.id, ...answer });
    if (answer.decision === 'rejected' && (step.onReject ?? 'stop') === 'stop') {
      return failed('rejected', `"${shown.title}" was rejected.`, path);
    }
    return succeeded(answer);
  });
};

const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The runtime has checked the body; anything but an approval rejects. */
const decisionOf = (payload: Json) => {
  const body = isRecord(payload) ? payload : {};
  return {
    decision: body.decision === 'approved' ? ('approved' as const) : ('rejected' as const),
    comment: typeof body.comment === 'string' ? body.comment : null,
  };
};
