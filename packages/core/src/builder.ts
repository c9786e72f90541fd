/** What a host gets from `createWorkflowBuilder`: the library's whole behaviour, without HTTP. Types only. */
import type { Catalog } from './catalog/catalog.js';
import type { ErrorCode } from './errors.js';
import type { Json } from './json.js';
import type { Clock } from './ports/clock.js';
import type { LanguageModel } from './ports/language-model.js';
import type { Logger } from './ports/logger.js';
import type { Orchestrator } from './ports/orchestrator.js';
import type { RateDecision, RateLimiter } from './ports/rate-limiter.js';
import type { RunStore } from './ports/run-store.js';
import type { SecretResolver } from './ports/secret-resolver.js';
import type { SessionLock } from './ports/session-lock.js';
import type { SessionStore } from './ports/session-store.js';
import type { WorkflowStore } from './ports/workflow-store.js';
import type { ChatAnswer, ChatRequest, SessionView } from './protocol/chat.js';
import type { LoggedTurnEvent } from './protocol/turn-events.js';
import type { HealthAnswer, NodeList, Page, SavedWorkflow, ValidateAnswer } from './protocol/workflows.js';
import type { SimulateOptions, Simulation } from './simulate/simulation.js';
import type { Run, RunEvent } from './workflow/run.js';

/** Options of `createWorkflowBuilder`. Only `catalog` is required; every default needs no service and no key. */
export interface WorkflowBuilderOptions {
  readonly catalog: Catalog;
  /** Default: the offline planner. */
  readonly model?: LanguageModel;
  /** Default: in memory, {@link Limits.sessionsInMemory} for {@link Limits.sessionTtlMs}. */
  readonly sessions?: SessionStore;
  readonly locks?: SessionLock;
  readonly limiter?: RateLimiter;
  /** Default: in memory. */
  readonly workflows?: WorkflowStore;
  /** Default: in memory, with one warning: runs do not survive the process. */
  readonly runs?: RunStore;
  /** Runs the workflows, e.g. on Temporal; `runs`, `secrets` and `timeScale` are then unread. Default: this process. */
  readonly orchestrator?: Orchestrator;
  /** Default: warnings and errors to the console. */
  readonly logger?: Logger;
  readonly clock?: Clock;
  /** Makes ids: `newId('run')` -> `run_…`. */
  readonly newId?: (prefix: 'run' | 'turn' | 'session' | 'trace') => string;
  readonly limits?: Partial<Limits>;
  /**
   * Gives the value of a secret that an action's input reads as `secrets.NAME`; undefined when there is none. Asked at
   * every attempt, just before the handler is called. Default: there are no secrets.
   */
  readonly secrets?: SecretResolver;
  /** Divides waits, retries and run timeouts (see the demo's `DEMO_TIME_SCALE`). Default 1. */
  readonly timeScale?: number;
  /** Whether `execute` takes definitions that are not saved. Default false. */
  readonly allowInlineDefinitions?: boolean;
  /** Stands in for `read` actions in simulations, see `SimulateOptions`. Default: their examples do. */
  readonly simulator?: NonNullable<SimulateOptions['simulator']>;
  /**
   * At least 32 characters, the same on all servers: signs the tokens of hooks, so a new one ends every hook's path.
   * Default: webhooks start nothing.
   */
  readonly webhookSecret?: string;
  /** A link per run, shown as `monitor_url`. */
  readonly monitorUrl?: (runId: string) => string;
}

/** Bounds; each is an option. */
export interface Limits {
  /** Characters of a message. Default 5000. */
  readonly messageLength: number;
  /** Messages a minute per client. Default 10. */
  readonly messagesPerMinute: number;
  /** Calls a minute of one hook, on one server. Default 60. */
  readonly hookCallsPerMinute: number;
  /** Milliseconds a turn may take. Default 30,000. */
  readonly turnTimeoutMs: number;
  /** Steps of a definition. Default 500. */
  readonly steps: number;
  /** Default 1000. */
  readonly sessionsInMemory: number;
  /** Default 24 h. */
  readonly sessionTtlMs: number;
  /** Model calls of a turn. Default 12. */
  readonly modelCallsPerTurn: number;
}

/** Who asks. */
export interface Caller {
  /** Who it is, when the host authenticates. */
  readonly principal?: string;
  /** For whom they ask, when the host's authentication says so: the runs they start carry it, see `Run.tenant`. */
  readonly tenant?: string;
  /** What the rate limit counts by: the principal or the client's address. */
  readonly client: string;
  /** For logs. */
  readonly requestId?: string;
}

/** A turn under way or ended. It goes on when nobody listens. */
export interface Turn {
  readonly turnId: string;
  /** The log from after `seq`, live until the turn's last event. */
  events(after?: number): AsyncIterable<LoggedTurnEvent>;
  /** The answer; rejects with the `WorkflowError` that ended the turn. */
  readonly answer: Promise<ChatAnswer>;
}

/** Chat: sessions and turns. */
export interface ChatApi {
  /** Counts a message of a client against the limit. */
  limit(caller: Caller): Promise<RateDecision>;
  /**
   * Starts a turn, or gives the one that the same `idempotencyKey` started (in that session, by that caller).
   * Throws `invalid_request`, `not_found` (somebody else's session), `turn_running` (details `{turn_id}`).
   */
  send(request: ChatRequest, caller: Caller, options?: { readonly idempotencyKey?: string }): Promise<Turn>;
  /** Throws `not_found`. */
  session(id: string, caller: Caller): Promise<SessionView>;
  /** False when there was none. */
  deleteSession(id: string, caller: Caller): Promise<boolean>;
  /** The draft as the first version's node list. Throws `not_found`, `conflict` when nothing is drafted. */
  generate(
    id: string,
    caller: Caller,
  ): Promise<{ readonly workflow_json: NodeList; readonly agent_response: string }>;
}

/** What is to be simulated: any value as a definition, and what is known of a run of it. */
export interface SimulateRequest extends Pick<SimulateOptions, 'input' | 'answers' | 'paths'> {
  readonly definition: unknown;
}

/** Saved definitions. */
export interface WorkflowsApi {
  /** Never throws for bad content: problems are data. Takes a definition or a node list. */
  validate(value: unknown): Promise<ValidateAnswer>;
  /**
   * Walks the paths of a definition, and calls no action. Throws `invalid_definition`, `invalid_input` (both with details
   * `{problems}`), `invalid_request` for answers that no step takes.
   */
  simulate(request: SimulateRequest): Promise<Simulation>;
  /** Throws `invalid_definition` (details `{problems}`), `already_exists`. */
  create(value: unknown): Promise<SavedWorkflow>;
  /** Throws `not_found`, `invalid_definition`, `invalid_request` (another id), `version_conflict`. */
  replace(id: string, value: unknown, expectedVersion: number): Promise<SavedWorkflow>;
  /** Throws `not_found`. */
  get(id: string, version?: number): Promise<SavedWorkflow>;
  list(query: { readonly limit: number; readonly cursor?: string }): Promise<Page<SavedWorkflow>>;
  /** Throws `not_found`. */
  versions(id: string): Promise<readonly number[]>;
  /** Throws `not_found`. */
  delete(id: string): Promise<void>;
}

/** How a request is told from another one. */
export interface OnceOptions {
  /**
   * Names the request among those of its caller: sent again, it does nothing more and is answered as before, for as long as
   * the run is kept. The same key on another request is `conflict`; an inline definition is known by its id.
   */
  readonly idempotencyKey?: string;
}

/** Runs. */
export interface RunsApi {
  /** Throws `not_found`, `invalid_definition`, `invalid_input` (both with details `{problems}`), `shutting_down`, `conflict`. */
  start(
    workflowId: string,
    request: { readonly input?: Json; readonly version?: number },
    caller?: Partial<Caller>,
    options?: OnceOptions,
  ): Promise<Run>;
  /** The execute route: a definition or a node list. Throws `forbidden` when inline definitions are off, `not_convertible`, … */
  execute(
    body: unknown,
    caller?: Partial<Caller>,
    options?: OnceOptions,
  ): Promise<{
    readonly run: Run;
    readonly taskQueue: string;
    readonly problems: ValidateAnswer['problems'];
  }>;
  /** Throws `not_found`. */
  get(runId: string): Promise<Run>;
  /** The engine's own id of the run's first execution; the run's where there is none, or none any more. */
  executionId(runId: string): Promise<string>;
  list(query: {
    readonly limit: number;
    readonly cursor?: string;
    readonly workflowId?: string;
  }): Promise<Page<Run>>;
  events(runId: string): Promise<readonly RunEvent[]>;
  observe(runId: string, after: number, signal: AbortSignal): AsyncIterable<RunEvent>;
  /** See `Orchestrator.signal`. */
  signal(runId: string, name: string, payload: Json, caller: Caller, options?: OnceOptions): Promise<void>;
  cancel(runId: string, reason: string | null): Promise<Run>;
  /** See `Orchestrator.retry`. */
  retry(runId: string, from: string, caller?: Partial<Caller>, options?: OnceOptions): Promise<Run>;
}

/** A workflow that an event should have started, and why it did not. */
export interface SkippedWorkflow {
  readonly workflowId: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** The hook of a workflow, as its caller names it. */
export interface Hook {
  readonly workflowId: string;
  readonly token: string;
}

/** What starts runs by itself. Schedules need no call. */
export interface TriggersApi {
  /**
   * Starts a run of every workflow whose newest version waits for the event and whose `when` holds, once per `id`: told
   * again, it gives the same runs. One that cannot start is told in `skipped`, and stops no other. Throws
   * `store_unavailable` and the like when it is to be told again, with the same `id`.
   */
  event(
    event: { readonly event: string; readonly payload: Json; readonly id: string },
    caller?: Pick<Caller, 'tenant'>,
  ): Promise<{ readonly runs: readonly Run[]; readonly skipped: readonly SkippedWorkflow[] }>;
  /** Counts a call of a hook against its limit. Throws `not_found` for a wrong token, and when there are no hooks. */
  limitHook(hook: Hook): Promise<RateDecision>;
  /**
   * Starts a run of a workflow whose trigger is a webhook, at most one an `idempotencyKey`. Throws `not_found` (a wrong
   * token, another trigger), `invalid_input`, `expression_failed`, `invalid_definition`.
   */
  webhook(
    hook: Hook,
    call: {
      readonly body: Json;
      /** Names in lower case. They are kept with the run: leave credentials out. */
      readonly headers: { readonly [name: string]: string };
      readonly idempotencyKey?: string;
    },
  ): Promise<Run>;
  /** The token of the workflow's hook; undefined when it has none here. A secret between its saver and the caller. */
  hookToken(saved: SavedWorkflow): string | undefined;
}

/** The library, composed. */
export interface WorkflowBuilder {
  readonly catalog: Catalog;
  readonly logger: Logger;
  readonly limits: Limits;
  readonly newId: NonNullable<WorkflowBuilderOptions['newId']>;
  readonly chat: ChatApi;
  readonly workflows: WorkflowsApi;
  readonly runs: RunsApi;
  readonly triggers: TriggersApi;
  readonly monitorUrl: ((runId: string) => string) | undefined;
  health(): HealthAnswer;
  /** True once `start` is done and `close` has not begun. */
  ready(): boolean;
  /** Goes on with the open runs of the last process. Call before serving. */
  start(): Promise<void>;
  /** Lets turns and handlers end within `graceMs` (default 10 s), then frees everything. */
  close(graceMs?: number): Promise<void>;
}
