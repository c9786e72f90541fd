import type { Json } from '../json.js';
import type { Page } from '../protocol/workflows.js';
import type { Definition } from '../workflow/definition.js';
import type { Run, RunEvent } from '../workflow/run.js';
import type { Scheduler } from './scheduler.js';

/** Starts, signals, cancels and observes runs, on whatever runtime. */
export interface Orchestrator {
  /** Starts a run of an already validated definition with an already validated input. Durable when it resolves. Throws `already_exists`. */
  start(request: {
    readonly runId: string;
    readonly definition: Definition;
    readonly version: number;
    readonly input: Json;
    /** See {@link Run.trigger}. */
    readonly trigger?: Json;
    /** See {@link Run.tenant}. */
    readonly tenant?: string;
    /** One of {@link Orchestrator.taskQueues}. Default: the first. */
    readonly taskQueue?: string;
  }): Promise<Run>;
  get(runId: string): Promise<Run | undefined>;
  /** The engine's own id of a run's first execution, if it knows the run; absent when runs run in this process. */
  executionId?(runId: string): Promise<string | undefined>;
  list(query: {
    readonly limit: number;
    readonly cursor?: string;
    readonly workflowId?: string;
  }): Promise<Page<Run>>;
  /** All events so far. Throws `not_found`. */
  events(runId: string): Promise<readonly RunEvent[]>;
  /** Events with `seq` > `after`, live, until the run ends or `signal` aborts (then it just ends). Throws `not_found`. */
  observe(runId: string, after: number, signal: AbortSignal): AsyncIterable<RunEvent>;
  /**
   * Delivers a signal, or an approval's decision when `name` is the path of an approval. Durable when it resolves.
   * Throws `not_found`; `conflict` (ended run, never waited for, approval not asked); `invalid_request` (bad decision body).
   * A `key` makes it one signal however often it is sent: again, it resolves and does nothing, also when the run has ended
   * since; with another name or payload it is `conflict`.
   */
  signal(runId: string, name: string, payload: Json, by: string | null, key?: string): Promise<void>;
  /** Cancels; an ended run throws `conflict`. Compensations run before it is `cancelled`. */
  cancel(runId: string, reason: string | null): Promise<Run>;
  /**
   * Runs an ended run again from the step at `from`: a new run of the same definition and input, which takes over what
   * ended before that step. Throws `not_found`, `conflict` (not ended), `invalid_request` (details `{paths}`: never came there).
   */
  retry(request: { readonly runId: string; readonly retryOf: string; readonly from: string }): Promise<Run>;
  /** What holds the runs, for `/health`. */
  readonly journal: string;
  /** The queues that workers serve; absent when runs run in this process. */
  readonly taskQueues?: readonly string[];
  /** Whether the engine behind it answers, as last seen; absent when runs run in this process. */
  readonly status?: () => 'connected' | 'disconnected';
  /** Starts runs by schedule, where the engine does that itself. */
  readonly scheduler?: Scheduler;
  /** Goes on with every open run. Call once, before serving. */
  recover(): Promise<void>;
  /** Stops taking starts, lets running handlers come to their next durable point within `graceMs`, frees timers. */
  close(graceMs?: number): Promise<void>;
}
