/**
 * The port between what steps mean (the interpreter) and what performs effects (a runtime).
 * Everything that is not a function of definition, input and earlier answers comes through here.
 */
import type { CompiledCondition } from '../expressions/compile.js';
import type { Scope } from '../expressions/frame.js';
import type { Json } from '../json.js';
import type { TimerPurpose } from '../ports/run-store.js';
import type { Effect } from '../workflow/action-spec.js';
import type { RunError, RunEventBody, WaitingFor } from '../workflow/run.js';

/** An effect under way. */
export interface Pending<T> {
  /** Calls `use` with the answer, once, but never before the interpreter has done all that follows from the one before. */
  onAnswer(use: (answer: T) => void): void;
  /** Gives it up: no answer comes then, and nothing is journaled for it. */
  cancel(): void;
}

/** A text of an action's input in which secrets stand. Found in the definition, so that no data can ask for a secret. */
export interface SecretText {
  /** Keys and indices from the input down to it. */
  readonly at: readonly string[];
  readonly parts: readonly (string | { readonly secret: string })[];
}

/** One attempt of an action. */
export interface ActionCall {
  readonly path: string;
  readonly stepId: string;
  /** Catalog id. */
  readonly action: string;
  /** Secrets stand in it as their templates, as events show them. */
  readonly input: Json;
  /** The texts of `input` in which secrets stand: the runtime puts their values in for the handler alone. */
  readonly secrets: readonly SecretText[];
  /** From 1. */
  readonly attempt: number;
  /** `{runId}/{path}`, equal over attempts; a compensation's ends in `#undo`. A retried run keeps some of the earlier run's. */
  readonly key: string;
  readonly effect: Effect;
  /** The far side drops a second call with the same key. */
  readonly idempotent: boolean;
  /** Milliseconds, real time (never scaled). The runtime aborts the handler after it and answers code `timeout`. */
  readonly timeoutMs: number;
  /** True for a compensation. */
  readonly undo: boolean;
}

/** One attempt of a sub-workflow: a run of its own. */
export interface SubRunCall {
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  /** The id of the run: see `subRunId`. */
  readonly runId: string;
  readonly workflow: string;
  readonly version: number;
  readonly input: Json;
}

/** What an attempt answered. `retryable` is false for business errors that a retry cannot mend. */
export type ActionAnswer =
  | { readonly ok: true; readonly output: Json }
  | { readonly ok: false; readonly error: RunError; readonly retryable: boolean };

/** A timer: fires after `ms` of workflow time, or at `until` (ms since the epoch). */
export interface TimerRequest {
  readonly path: string;
  readonly purpose: TimerPurpose;
  readonly ms?: number;
  readonly until?: number;
}

/** A wait for a signal by name; a wait's or approval's own path addresses it too. */
export interface SignalRequest {
  readonly path: string;
  /** Absent for an approval. */
  readonly name?: string;
}

/** A signal that arrived. */
export interface SignalAnswer {
  readonly payload: Json;
  readonly by: string | null;
}

/** A condition about to be tested. */
export interface ConditionTest {
  /** Of the `branch` or `repeat`. */
  readonly path: string;
  /** Of the branch's case or the repeat's round, 0-based. */
  readonly index: number;
  readonly condition: CompiledCondition;
  readonly scope: Scope;
}

/**
 * Performs effects for one run. Answers come one at a time, in an order that a recovery repeats; the interpreter has done all
 * that follows from an answer when it gives control back.
 */
export interface Runtime {
  readonly runId: string;
  readonly version: number;
  /** RFC 3339 UTC. */
  readonly startedAt: string;
  /** Appends to the run's log. */
  emit(event: RunEventBody): void;
  action(call: ActionCall): Pending<ActionAnswer>;
  /** Starts a sub-run, or finds the one that was started before a crash; answers when it has ended. Given up, it is cancelled. */
  subRun(call: SubRunCall): Pending<ActionAnswer>;
  timer(request: TimerRequest): Pending<void>;
  signal(request: SignalRequest): Pending<SignalAnswer>;
  /** What the run waits for now, for people to see. Returns a function that ends the entry. `timer` gives the time it shows. */
  waiting(entry: Omit<WaitingFor, 'until'>, timer?: TimerRequest): () => void;
  /** Calls `listener` when the run is asked to cancel; at once if it already was. */
  onCancel(listener: (reason: string | null) => void): void;
  /** Whether a condition holds, for runtimes that walk what may happen. Default: as its value says. */
  readonly decide?: (test: ConditionTest) => boolean;
}
