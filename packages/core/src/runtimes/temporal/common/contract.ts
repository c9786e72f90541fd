/** What the client and the workflow say to each other. Plain data: it stands in the history of runs, so names are final. */
import type { SecretText } from '../../../interpreter/runtime.js';
import type { Json } from '../../../json.js';
import type { JournalEntry, StoredRun } from '../../../ports/run-store.js';
import type { ActionSpec } from '../../../workflow/action-spec.js';
import type { Definition } from '../../../workflow/definition.js';
import type { RunError, RunEvent, RunStatus, WaitingFor } from '../../../workflow/run.js';

/** The workflow type: every definition is a run of this one. */
export const workflowType = 'workflowRun';

/** Names of the workflow's queries, update and signal. */
export const messages = {
  view: 'view',
  events: 'events',
  eventPart: 'eventPart',
  signal: 'signal',
  cancel: 'cancel',
} as const;

/** Search attributes by which the Temporal UI finds runs. */
export const searchAttributes = {
  workflow: 'FkWorkflow',
  version: 'FkWorkflowVersion',
  status: 'FkWorkflowStatus',
  tenant: 'FkWorkflowTenant',
} as const;

/** Which search attributes the namespace has. */
export interface ShownAttributes {
  /** All but the tenant's: runs are started without any when one of them is missing. */
  readonly showsStatus: boolean;
  readonly showsTenant?: boolean;
}

/** The argument of a run. */
export interface RunArguments extends StoredRun, ShownAttributes {
  /** Specs of the actions that the run may call, by the name it calls them. */
  readonly actions: { readonly [id: string]: ActionSpec };
  /** The definitions that its sub-runs may run, by {@link definitionKey}. */
  readonly definitions: { readonly [key: string]: Definition };
  /** Divides waits, timeouts of waits and runs, and pauses between attempts. */
  readonly timeScale: number;
  /** Whether large payloads are kept elsewhere (`externalStorage`): then nothing is too large. */
  readonly storesLarge?: boolean;
  /** The answers so far, of a run that goes on with a fresh history; what a retried run takes over. */
  readonly journal?: readonly JournalEntry[];
}

/**
 * The argument of a run that a schedule starts, the same each time. Its id, start and input it finds out itself, and the
 * specs of its actions too: a schedule outlives many a deployment of the catalog.
 */
export interface ScheduledArguments
  extends ShownAttributes,
    Pick<RunArguments, 'definition' | 'definitions' | 'timeScale' | 'storesLarge'> {
  /** The version of the definition. */
  readonly scheduled: number;
}

/** The memo of a run: its row as it started. */
export type RunMemo = Omit<StoredRun['run'], 'status' | 'runId'>;

/** Names a definition at a version. */
export const definitionKey = (workflow: string, version: number): string => `${workflow}@${version}`;

/** The memo of a run. */
export const memoOf = ({ runId: _, status: __, ...memo }: StoredRun['run']): RunMemo => memo;

/** The search attributes of a run as it starts, as an option of its start. */
export const shownBy = (
  {
    workflowId,
    version,
    status,
    tenant,
  }: Pick<StoredRun['run'], 'workflowId' | 'version' | 'status' | 'tenant'>,
  { showsStatus, showsTenant = false }: ShownAttributes,
): { readonly searchAttributes?: Record<string, string[] | number[]> } =>
  showsStatus
    ? {
        searchAttributes: {
          [searchAttributes.workflow]: [workflowId],
          [searchAttributes.version]: [version],
          [searchAttributes.status]: [status],
          ...(showsTenant && tenant !== undefined ? { [searchAttributes.tenant]: [tenant] } : {}),
        },
      }
    : {};

/** The memo with which a schedule starts a run; the run itself completes it to a {@link RunMemo}. */
export type ScheduledMemo = Pick<RunMemo, 'workflowId' | 'version'>;

/** What a run that a schedule started sees as `trigger`, from its search attributes. */
export const scheduleTrigger = (
  attributes: { readonly [name: string]: readonly unknown[] | undefined },
  startedAt: Date,
): { readonly scheduledAt: string } => {
  const [at] = attributes.TemporalScheduledStartTime ?? [];
  return { scheduledAt: (at instanceof Date ? at : startedAt).toISOString() };
};

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
  /** The next event is larger than an answer: its JSON comes in so many parts. */
  readonly parts?: number;
}

/** What the update `signal` takes. */
export interface SignalMessage {
  readonly name: string;
  readonly payload: Json;
  readonly by: string | null;
  /** A later one under the same key is the same. */
  readonly key?: string;
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
  /** What a run that a schedule starts has yet to know; with `error` it cannot go on. */
  prepareScheduledRun(
    args: Pick<ScheduledArguments, 'definition' | 'definitions'>,
    trigger: Json,
  ): Promise<Pick<RunArguments, 'actions'> & { readonly input: Json; readonly error?: RunError }>;
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
