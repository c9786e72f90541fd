/** What the client and the workflow say to each other. Plain data: it stands in the history of runs, so names are final. */
import type { SecretText } from '../../../interpreter/runtime.js';
import type { Json } from '../../../json.js';
import type { JournalEntry, StoredRun, TakenOverStep } from '../../../ports/run-store.js';
import type { ActionSpec } from '../../../workflow/action-spec.js';
import type { Definition } from '../../../workflow/definition.js';
import type { RunError, RunEvent, RunStatus, WaitingFor } from '../../../workflow/run.js';

/** The workflow type: every definition is a run of this one. */
export const workflowType = 'workflowRun';

/** Names of the workflow's queries, update and signal. */
export const messages = {
  view: 'view',
  events: 'events',
  origin: 'origin',
  signal: 'signal',
  cancel: 'cancel',
} as const;

/** Search attributes by which the Temporal UI finds runs. */
export const searchAttributes = {
  workflow: 'FkWorkflow',
  version: 'FkWorkflowVersion',
  status: 'FkWorkflowStatus',
} as const;

/** The argument of a run. */
export interface RunArguments extends StoredRun {
  /** Specs of the actions that the run may call, by the name it calls them. */
  readonly actions: { readonly [id: string]: ActionSpec };
  /** The definitions that its sub-runs may run, by {@link definitionKey}. */
  readonly definitions: { readonly [key: string]: Definition };
  /** Divides waits, timeouts of waits and runs, and pauses between attempts. */
  readonly timeScale: number;
  /** Whether the search attribute of the status is registered. */
  readonly showsStatus: boolean;
  /** The answers so far, of a run that goes on with a fresh history; what a retried run takes over. */
  readonly journal?: readonly JournalEntry[];
}

/** The memo of a run: its row as it started. */
export type RunMemo = Omit<StoredRun['run'], 'status' | 'runId'>;

/** Names a definition at a version. */
export const definitionKey = (workflow: string, version: number): string => `${workflow}@${version}`;

/** The memo of a run. */
export const memoOf = ({ runId: _, status: __, ...memo }: StoredRun['run']): RunMemo => memo;

/** The search attributes of a run as it starts. */
export const searchAttributesOf = ({ workflowId, version, status }: StoredRun['run']) => ({
  [searchAttributes.workflow]: [workflowId],
  [searchAttributes.version]: [version],
  [searchAttributes.status]: [status],
});

/** What the query `view` answers. */
export interface RunView {
  readonly status: RunStatus;
  readonly waitingFor: readonly WaitingFor[];
}

/** What the query `events` answers. */
export interface EventsPage {
  readonly events: readonly RunEvent[];
  /** There are more after these: ask again. */
  readonly more: boolean;
}

/** What the query `origin` answers: what a retry of the run starts from. */
export interface RunOrigin {
  readonly definition: Definition;
  readonly takenOver: readonly TakenOverStep[];
}

/** What the update `signal` takes. */
export interface SignalMessage {
  readonly name: string;
  readonly payload: Json;
  readonly by: string | null;
}

/** How a run ended: its result, or the detail of its failure. */
export interface RunRecord {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly output?: Json;
  readonly error?: RunError;
  readonly endedAt: string;
  /** Absent when they are too many for a result: then the workflow's query gives them. */
  readonly events?: readonly RunEvent[];
}

/** Activities of the runtime itself; every other one is an action, whose ids have no capital letter. */
export interface OwnActivities {
  /** The input of a sub-run with its defaults, or why it does not fit. */
  checkSubRunInput(
    definition: Definition,
    input: Json,
  ): Promise<{ readonly input: Json; readonly problem?: string }>;
}

/** The second argument of an activity; the first is the action's input. */
export interface CallFacts {
  readonly runId: string;
  readonly path: string;
  readonly stepId: string;
  readonly attempt: number;
  readonly key: string;
  readonly timeoutMs: number;
  /** Where secrets stand in the input; their values never leave the worker. */
  readonly secrets: readonly SecretText[];
}

/** Names a call among those at work in a worker. */
export const callName = ({ runId, key, attempt }: Pick<CallFacts, 'runId' | 'key' | 'attempt'>): string =>
  `${runId} ${attempt} ${key}`;

/** What the workflow tells its worker directly, without an event. */
export type WorkerSinks = {
  readonly calls: {
    /** Nobody waits for the call of this {@link callName} any more. */
    giveUp(name: string): void;
  };
};

/** The detail of a failed activity; its type is our code. */
export interface FailureDetail {
  readonly retryable: boolean;
}

/** The type of failure of an activity that was given up because its worker stopped. */
export const workerStopped = 'worker_stopped';
