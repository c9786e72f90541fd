/** What a backtest takes and gives. Types only. */
import type { Json } from '../json.js';
import type { Effect } from '../workflow/action-spec.js';
import type {
  SimulatedEffect,
  SimulatedEnding,
  SimulatedWait,
  SimulateOptions,
  SimulationAnswers,
  Unknown,
} from './simulation.js';

/** An event of the past that would have started a run. */
export interface PastEvent {
  /** What came: `{payload}` of an event, `{body, headers}` of a webhook, `{scheduledAt}`. Default null. */
  readonly trigger?: Json;
  /** The run's input. Default: what the trigger's `input` templates make of `trigger`, else `{}`. */
  readonly input?: Json;
  /** What is known of what happened then, over the answers of all events. */
  readonly answers?: SimulationAnswers;
  /** RFC 3339. */
  readonly startedAt?: string;
}

/** Options of `backtest`; answers hold for every event. */
export interface BacktestOptions
  extends Pick<SimulateOptions, 'actions' | 'workflows' | 'answers' | 'simulator' | 'breathe'> {
  readonly limits?: {
    /** Events that are looked at. Default 1000. */
    readonly events?: number;
    /** Steps and conditions that are taken, over all events. Default 100,000. */
    readonly steps?: number;
    /** Characters of inputs and outputs, over all events. Default 20,000,000. */
    readonly characters?: number;
  };
}

/** What a definition would have done about one event. */
export interface BacktestResult {
  /** Of the event in the list. */
  readonly index: number;
  /** `ignored`: the trigger's `when` does not hold. `refused`: the input does not fit, or an answer does not. */
  readonly ending: SimulatedEnding | { readonly status: 'ignored' | 'refused'; readonly reason?: string };
  readonly effects: readonly SimulatedEffect[];
  readonly waits: readonly SimulatedWait[];
  readonly unknown: readonly Unknown[];
}

/** What `backtest` gives. */
export interface Backtest {
  readonly results: readonly BacktestResult[];
  readonly summary: {
    /** Events by the status they end with. */
    readonly endings: { readonly [status: string]: number };
    /** Calls by effect. */
    readonly effects: { readonly [E in Effect]: number };
    /** Calls by action. */
    readonly actions: { readonly [action: string]: number };
  };
  /** Whether a limit left events out, or cut the last. */
  readonly truncated: boolean;
}
