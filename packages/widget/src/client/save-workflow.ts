import type { Definition, SavedWorkflow } from '@fk-workflow/core/protocol';
import { sameJson } from './apply-patch.js';
import { RequestError } from './request-error.js';

/** The three calls that saving needs. */
export interface WorkflowCalls {
  create(definition: Definition): Promise<SavedWorkflow>;
  read(id: string): Promise<SavedWorkflow>;
  replace(definition: Definition, version: number): Promise<SavedWorkflow>;
}

/**
 * Saves a definition under its id: creates it, or makes it the next version of the one that is there. An equal
 * newest version is taken as it is. A version that somebody saves in between is taken into account once.
 */
export const saveWorkflow = async (calls: WorkflowCalls, definition: Definition): Promise<SavedWorkflow> => {
  try {
    return await calls.create(definition);
  } catch (error) {
    if (!hasStatus(error, 409)) throw error;
  }
  try {
    return await replaceNewest(calls, definition);
  } catch (error) {
    if (!hasStatus(error, 412)) throw error;
    return replaceNewest(calls, definition);
  }
};

const replaceNewest = async (calls: WorkflowCalls, definition: Definition): Promise<SavedWorkflow> => {
  const newest = await calls.read(definition.id);
  return sameJson(newest.definition, definition) ? newest : calls.replace(definition, newest.version);
};

const hasStatus = (error: unknown, status: number): boolean =>
  error instanceof RequestError && error.status === status;
