import { WorkflowError } from '../../errors.js';

/** The run does not wait for this signal, and never will. */
export const notAwaited = (runId: string, name: string): WorkflowError =>
  new WorkflowError(
    'conflict',
    `The run "${runId}" does not wait for "${name}". Its waitingFor says what it waits for now.`,
  );

/** The run has ended. */
export const runHasEnded = (runId: string): WorkflowError =>
  new WorkflowError('conflict', `The run "${runId}" has ended. Start a new one.`);

/** The run does not stand still long enough to be told something. */
export const tooBusy = (runId: string): WorkflowError =>
  new WorkflowError('store_unavailable', `The run "${runId}" is too busy now. Send it again in a moment.`, {
    retryAfter: 1,
  });

/** There is no such run. */
export const noRun = (runId: string): WorkflowError =>
  new WorkflowError('not_found', `There is no run "${runId}". List the runs to see which there are.`);

/** This process takes nothing any more. */
export const shuttingDown = (): WorkflowError =>
  new WorkflowError('shutting_down', 'The server is shutting down. Send it again in a moment.');
