import type { JournalEntry } from '../../../../src/ports/run-store.js';
import type { Step } from '../../../../src/workflow/definition.js';
import type { RunEvent } from '../../../../src/workflow/run.js';
import { walkSteps } from '../../../../src/workflow/walk.js';

/** The answers that a run was given, in their order, as its events tell them. */
export const answersOf = (steps: readonly Step[], events: readonly RunEvent[]): JournalEntry[] => {
  const kinds = new Map([...walkSteps(steps)].map(({ step }) => [step.id, step.kind]));
  const attempts = new Map<string, number>();

  return events.flatMap((event): JournalEntry[] => {
    const { path } = event;
    const at = Date.parse(event.at);
    const isAction = 'stepId' in event && kinds.get(event.stepId) === 'action';
    const attempt = attempts.get(path) ?? 1;
    switch (event.type) {
      case 'step.started':
        attempts.set(path, event.attempt);
        return event.attempt > 1 ? [{ kind: 'timer', path, purpose: 'retry', at }] : [];
      case 'step.succeeded':
        return isAction ? [{ kind: 'result', path, attempt, at, output: event.output }] : [];
      case 'step.retrying':
        return [{ kind: 'error', path, attempt, at, error: event.error, retryable: true }];
      case 'step.failed':
        if (!isAction || event.error.code === 'cancelled') return [];
        return [{ kind: 'error', path, attempt, at, error: event.error, retryable: false }];
      case 'wait.ended':
        if (event.received === undefined) return [{ kind: 'timer', path, purpose: 'wait', at }];
        return [{ kind: 'signal', name: path, payload: path, by: null, at }];
      case 'approval.decided':
        return [{ kind: 'signal', name: path, payload: { decision: event.decision }, by: event.by, at }];
      case 'compensation.succeeded':
        return [{ kind: 'result', undo: true, path, attempt: 1, at, output: null }];
      default:
        return [];
    }
  });
};
