/** What a simulation takes and gives. Types only. */
import type { ActionCall } from '../interpreter/runtime.js';
import type { Json } from '../json.js';
import type { ActionLookup, Effect } from '../workflow/action-spec.js';
import type { Duration } from '../workflow/definition.js';
import type { RunError, RunEvent } from '../workflow/run.js';
import type { WorkflowLookup } from '../workflow/workflow-lookup.js';

/**
 * Answers by a step's run path (`ask`, `each[3]/note`), or by its id for every round. An action's or sub-workflow's is its
 * output, `{error: {code, message}}` or `{timeout: true}`; an approval's `{decision, comment?, by?}` or `{timeout: true}`;
 * a wait's for a signal `{payload}` or `{timeout: true}`. A compensation is answered under its step's path and `#undo`.
 * Steps of a sub-workflow come after the step that runs it: `chase/ask`, `each[3]/chase/ask`, in a second attempt `chase~2/ask`.
 */
export interface SimulationAnswers {
  readonly [pathOrStepId: string]: Json;
}

/** Bounds of a simulation, over all its paths. */
export interface SimulationLimits {
  /** Paths that are walked. Default 200. */
  readonly paths: number;
  /** Steps and conditions that are taken. Default 10,000. */
  readonly steps: number;
  /** Characters of the events' inputs and outputs. Default 2,000,000. */
  readonly characters: number;
}

/** Options of `simulate`. */
export interface SimulateOptions {
  readonly actions: ActionLookup;
  /**
   * The workflows that steps run, at their pinned versions: those without an answer of their own are walked with the run. One
   * that is not found fails its step, as it would. Without it, no sub-workflow is walked.
   */
  readonly workflows?: Pick<WorkflowLookup, 'get'> | undefined;
  /** The run's input. Without one, a sample of the definition's schema stands in, and no condition on it is known. */
  readonly input?: Json;
  /** What expressions see as `trigger`. Without one it is null, and no condition on it is known. */
  readonly trigger?: Json;
  readonly answers?: SimulationAnswers;
  /** `all` (default): every path that answers leave open. `one`: the first of them. */
  readonly paths?: 'all' | 'one';
  /** When the run starts, RFC 3339. Default 2030-01-01T00:00:00.000Z, on which no condition is known. */
  readonly startedAt?: string;
  /** The host's stand-in for `read` actions that `answers` says nothing of; undefined where it cannot say. Has no effect. */
  readonly simulator?: ((call: ActionCall) => Json | undefined) | undefined;
  readonly limits?: Partial<SimulationLimits>;
  /** Awaited now and then, so that a server can do other work meanwhile. */
  readonly breathe?: (() => Promise<void>) | undefined;
}

/** How a path ends. `cut`: a limit ended it. */
export interface SimulatedEnding {
  readonly status: 'succeeded' | 'failed' | 'cancelled' | 'cut';
  readonly reason?: string;
  readonly output?: Json;
  /** With status `failed`. */
  readonly error?: RunError;
}

/** A call of an action that a run would make. */
export interface SimulatedEffect {
  readonly path: string;
  readonly action: string;
  readonly effect: Effect;
  /** As it would be sent; secrets stay templates. */
  readonly input: Json;
  /** Set for a compensation. */
  readonly undo?: true;
}

/** A wait that a run would make. */
export interface SimulatedWait {
  readonly kind: 'timer' | 'signal' | 'approval' | 'workflow';
  readonly path: string;
  /** Virtual time until it ended; people and signals answer at once unless the path is that they don't. */
  readonly duration: Duration;
}

/** A run that the run started: an attempt of a step of kind `workflow`. */
export interface SimulatedSubRun {
  /** What its steps' paths start with in the rest of the path: the step's, from the second attempt on with `~` and its number. */
  readonly path: string;
  readonly workflow: string;
  readonly version: number;
  /** Its log, in which paths are its own. */
  readonly events: readonly RunEvent[];
}

/** Something that could not be known, and what the path takes it to be. */
export interface Unknown {
  /** Run path of the step; empty for the run itself. */
  readonly path: string;
  readonly what: 'input' | 'trigger' | 'output' | 'outcome' | 'payload' | 'decision' | 'condition';
  /**
   * `example` or `schema`: a sample from there. `nothing`: an empty
   * object. An outcome's `succeeds` or `fails`, a decision, a signal's
   * `received`, `timeout`. A condition's `true` or `false`, which no sample was found for, so that the values shown may contradict it.
   */
  readonly assumed: string;
}

/** One way a run may go. */
export interface SimulatedPath {
  readonly ending: SimulatedEnding;
  /** The run's log, under virtual time. */
  readonly events: readonly RunEvent[];
  /** The runs it started, and those that they did, in the order they started. Their effects, waits and costs are in those of the path. */
  readonly subRuns: readonly SimulatedSubRun[];
  readonly effects: readonly SimulatedEffect[];
  readonly waits: readonly SimulatedWait[];
  /** Virtual time from start to end. */
  readonly duration: Duration;
  /** How many calls of each effect. */
  readonly cost: { readonly [E in Effect]: number };
  readonly unknown: readonly Unknown[];
  /** The input it starts with. */
  readonly input: Json;
  /** What was answered, by run path: given as `answers`, they lead down this path again. */
  readonly answers: SimulationAnswers;
}

/** What a limit cut: paths that were not walked, or a path that was not walked to its end. `years`: one went past the year 9999. */
export type Cut = keyof SimulationLimits | 'years';

/** What `simulate` gives. */
export interface Simulation {
  readonly paths: readonly SimulatedPath[];
  readonly truncated: boolean;
  /** The limits that were reached, when it is truncated. */
  readonly cut: readonly Cut[];
}
