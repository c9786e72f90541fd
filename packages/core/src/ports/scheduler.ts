import type { SavedWorkflow } from '../protocol/workflows.js';

/** Starts runs of saved workflows at the times of their `schedule` triggers. */
export interface Scheduler {
  /**
   * Makes the schedule of a workflow equal to its saved definition: made, changed, or removed when its trigger is another
   * one. Asked again with the same version, it changes nothing. Throws `store_unavailable` when it cannot now.
   */
  put(saved: SavedWorkflow): Promise<void>;
  /** Removes the schedule of a workflow, if it has one. Throws `store_unavailable`. */
  remove(workflowId: string): Promise<void>;
  /** The version that each schedule was made from, by workflow. Throws `store_unavailable`. */
  scheduled(): Promise<ReadonlyMap<string, number>>;
}
