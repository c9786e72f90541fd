import { WorkflowError } from '../errors.js';

/** The errors that every store answers with, in one wording. */
export const runExists = (runId: string): WorkflowError =>
  new WorkflowError('already_exists', `There is a run "${runId}" already. Start it under another id.`);

export const noRun = (runId: string): WorkflowError =>
  new WorkflowError('not_found', `There is no run "${runId}". List the runs to see which there are.`);

export const staleRun = (runId: string): WorkflowError =>
  new WorkflowError(
    'stale_lease',
    `Another server has taken the run "${runId}" over, or it has ended: nothing was written.`,
  );

export const takenForDead = (): WorkflowError =>
  new WorkflowError(
    'store_unavailable',
    'This server stood still for so long that others took its runs over. Try again in a moment.',
    { retryAfter: 1 },
  );

export const workflowExists = (id: string): WorkflowError =>
  new WorkflowError(
    'already_exists',
    `There is a workflow "${id}" already. Replace it, or save under another id.`,
  );

export const noWorkflow = (id: string): WorkflowError =>
  new WorkflowError('not_found', `There is no workflow "${id}". Create it first.`);

export const versionConflict = (id: string, expected: number, newest: number): WorkflowError =>
  new WorkflowError(
    'version_conflict',
    `The newest version of workflow "${id}" is ${newest}, not ${expected}. Read it again and repeat your change on it.`,
    { details: { version: newest } },
  );

export const sessionConflict = (id: string): WorkflowError =>
  new WorkflowError(
    'conflict',
    `Session "${id}" has changed since it was read. Load it again and repeat the change.`,
  );

export const staleLease = (id: string): WorkflowError =>
  new WorkflowError(
    'stale_lease',
    `Somebody else has held session "${id}" since: nothing was saved. Send the message again.`,
  );
