import { workflowInfo } from '@temporalio/workflow';
import { bytesOf, payloadBytes } from '../common/payload-size.js';

/** Temporal ends a run that sends more than 4 MB with one of its tasks; the rest is room for what goes around it. */
const taskBytes = 3_500_000;

/** What a run may still send with the task of the workflow that it is in. Decides the same in every replay. */
export interface TaskBudget {
  /** Whether a payload may be sent; if so, it counts. */
  take(payload: unknown): boolean;
  /** Counts the answer of a local activity, which goes out with the task that it comes in. */
  spend(answer: unknown): void;
  /** Whether the largest answer of a local activity may come. */
  hasRoom(): boolean;
  /** An answer has come from outside, and a new task with it. */
  renew(): void;
}

/** Makes the {@link TaskBudget} of a run. */
export const createTaskBudget = (): TaskBudget => {
  let task = 0;
  let sent = 0;
  return {
    take(payload) {
      const bytes = bytesOf(payload);
      if (bytes > payloadBytes || sent + bytes > taskBytes) return false;
      sent += bytes;
      return true;
    },
    spend(answer) {
      sent += bytesOf(answer);
    },
    hasRoom: () => sent + payloadBytes <= taskBytes,
    renew() {
      // Several answers may come with one task. That a local activity waits makes tasks of its own, which a replay leaves out.
      const { historyLength } = workflowInfo();
      if (historyLength === task) return;
      task = historyLength;
      sent = 0;
    },
  };
};

/** The budget of a run whose large payloads are kept elsewhere. */
export const unlimitedBudget: TaskBudget = {
  take: () => true,
  spend: () => undefined,
  hasRoom: () => true,
  renew: () => undefined,
};
