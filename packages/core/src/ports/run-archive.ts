import type { Definition } from '../workflow/definition.js';
import type { Run, RunEvent } from '../workflow/run.js';
import type { TakenOverStep } from './run-store.js';

/** A run that has ended, with all that reading, listing and retrying it needs once the engine has forgotten it. */
export interface ArchivedRun {
  readonly run: Omit<Run, 'waitingFor'>;
  /** When the engine closed it, in wall-clock ms: its place in lists. `run.endedAt` is the run's own word. */
  readonly closedAt: number;
  readonly origin: RunOrigin;
  /** Absent as long as nobody could give them. */
  readonly events?: readonly RunEvent[];
}

/** What a retry of a run starts from, besides its events. */
export interface RunOrigin {
  readonly definition: Definition;
  /** What the run has itself taken over from the one that it retries. */
  readonly takenOver: readonly TakenOverStep[];
  readonly taskQueue: string;
}

/** A place in a list of runs by time, newest first; those of one millisecond by id, backwards. */
export interface ListPlace {
  /** Wall-clock ms. */
  readonly at: number;
  readonly runId: string;
}

/**
 * Keeps ended runs of an engine that keeps them for a while only. Any number of servers may put the same runs at once.
 * All methods throw `store_unavailable`.
 */
export interface RunArchive {
  /** Keeps a run; durable when it resolves. One that is kept stays as it is, except that it gets events it lacked. */
  put(ended: ArchivedRun): Promise<void>;
  get(runId: string): Promise<ArchivedRun | undefined>;
  /** Those of the runs that it keeps, in any order. */
  kept(
    runIds: readonly string[],
  ): Promise<readonly { readonly runId: string; readonly hasEvents: boolean }[]>;
  /** Runs after a place in the order of `closedAt`, closed last first, at most `limit`. */
  list(query: {
    readonly limit: number;
    readonly before?: ListPlace;
    readonly workflowId?: string;
  }): Promise<readonly Pick<ArchivedRun, 'run' | 'closedAt'>[]>;
}
