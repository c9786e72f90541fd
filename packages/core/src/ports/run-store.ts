import type { Json } from '../json.js';
import type { Page } from '../protocol/workflows.js';
import type { Definition } from '../workflow/definition.js';
import type { Run, RunError, RunStatus } from '../workflow/run.js';

/**
 * One answer of the outside world to a run, in the order it arrived: all that a run is, besides its definition and input.
 * The interpreter run again over the entries gives the same events. `at` is wall-clock ms.
 */
export type JournalEntry =
  /** The first entry of a retried run: what it takes over from the run that it retries. */
  | { readonly kind: 'taken_over'; readonly steps: readonly TakenOverStep[]; readonly at: number }
  /** An irreversible attempt is about to be called. */
  | {
      readonly kind: 'intent';
      readonly path: string;
      readonly attempt: number;
      readonly at: number;
      readonly undo?: true;
    }
  | {
      readonly kind: 'result';
      readonly path: string;
      readonly attempt: number;
      readonly at: number;
      readonly undo?: true;
      readonly output: Json;
    }
  | {
      readonly kind: 'error';
      readonly path: string;
      readonly attempt: number;
      readonly at: number;
      readonly undo?: true;
      readonly error: RunError;
      readonly retryable: boolean;
    }
  /** A timer came: `purpose` says which of the path's. */
  | { readonly kind: 'timer'; readonly path: string; readonly purpose: TimerPurpose; readonly at: number }
  /** A signal or an approval's answer (by path) arrived; kept until a wait takes it. */
  | {
      readonly kind: 'signal';
      readonly name: string;
      readonly payload: Json;
      readonly by: string | null;
      /** A later signal under the same key is the same one. */
      readonly key?: string;
      readonly at: number;
    }
  | { readonly kind: 'cancel'; readonly reason: string | null; readonly at: number };

/** A signal, or an approval's answer, in a journal. */
export type SignalEntry = Extract<JournalEntry, { kind: 'signal' }>;

/** What a retried run takes over from the earlier run for a step. */
export interface TakenOverStep {
  readonly path: string;
  /** The key of its calls in the earlier run, which it keeps. */
  readonly key: string;
  /** How it ended there; absent when it is to run again. */
  readonly ended?: { readonly output: Json } | { readonly error: RunError };
}

/** What a timer is for. */
export type TimerPurpose = 'wait' | 'timeout' | 'retry' | 'run_timeout';

/** A run as stored: its row, and the definition it is pinned to. */
export interface StoredRun {
  readonly run: Omit<Run, 'waitingFor'>;
  readonly definition: Definition;
}

/** Fields of the row that change with an append. */
export interface RunPatch {
  readonly status: RunStatus;
  readonly output?: Json;
  readonly error?: RunError;
  readonly endedAt?: string;
  /**
   * All that follows from the first `entries` of the journal is done: nothing is left to do before `until` (wall-clock
   * ms; null: before a signal comes). It holds until the journal is longer.
   */
  readonly rest?: { readonly entries: number; readonly until: number | null };
}

/** The right to go on with a run. Whoever takes a run over raises its fence: what comes under an older one is refused. */
export interface RunLease {
  readonly runId: string;
  readonly fence: number;
}

/** A run that a store has just become the owner of. */
export interface ClaimedRun extends RunLease {
  /** When something is to be done for it (wall-clock ms; null: when a signal comes), as its last `rest` said. 0: now. */
  readonly wakeAt: number | null;
}

/** What a store has found when it looked. */
export interface RunNews {
  /** Another store took this one for dead and has its runs: every lease of before has ended. */
  readonly expired: boolean;
  /** Runs that nobody living owned and that are now this store's. */
  readonly claimed: readonly ClaimedRun[];
  /** Runs of this store whose journal somebody has posted to. */
  readonly posted: readonly string[];
}

/**
 * Keeps runs and their journals. What it has acknowledged survives `kill -9` (except in memory).
 *
 * Any number of stores, in as many processes, may be open on one database. Each open run belongs to at most one of them;
 * only its owner appends to its journal, and whoever else has something to tell it posts.
 */
export interface RunStore {
  /** What it is, for `/health`: `memory`, `sqlite`, `postgres`. */
  readonly kind: string;
  /** The id of this store among those that are open on the database. */
  readonly owner: string;
  /** Milliseconds between two calls of `poll`; undefined when there is no other store to look out for. */
  readonly pollMs: number | undefined;
  /** Stores a new run, owned by this store. Throws `already_exists`. */
  create(stored: StoredRun): Promise<RunLease>;
  /**
   * Appends entries in order, with the row's change if any, in one transaction; durable when it resolves. Answers how many
   * entries the journal has then: what was posted meanwhile comes before these. Throws `stale_lease` when another store
   * has taken the run over, or when it has ended; then nothing is written.
   */
  append(lease: RunLease, entries: readonly JournalEntry[], patch?: RunPatch): Promise<number>;
  /**
   * Appends an entry to the journal of an open run, whoever owns it; its owner finds it with `poll`. False, and nothing
   * is written, when the run has ended or, with a `length`, when its journal has not exactly so many entries. Throws
   * `not_found`.
   */
  post(runId: string, entry: JournalEntry, length?: number): Promise<boolean>;
  get(runId: string): Promise<StoredRun | undefined>;
  /** The journal in order, without its first `after` entries (default 0). Throws `not_found`. */
  journal(runId: string, after?: number): Promise<readonly JournalEntry[]>;
  /**
   * Becomes the owner of every open run that no other living store owns, oldest first. Leases that this store gave out
   * before end with it.
   */
  open(): Promise<readonly ClaimedRun[]>;
  /**
   * Shows the other stores that this one lives, and looks what has happened. `claim`: whether to become the owner of runs
   * whose owner has closed or died.
   */
  poll(options: { readonly claim: boolean }): Promise<RunNews>;
  /** Newest first, at most `limit` (1–100). */
  list(query: {
    readonly limit: number;
    readonly cursor?: string;
    readonly workflowId?: string;
  }): Promise<Page<Omit<Run, 'waitingFor'>>>;
  /** Waits for the writes under way and gives the runs up: another store may have them at once. */
  close(): Promise<void>;
}
