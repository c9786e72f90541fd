import type { ActionCall, Runtime } from '../interpreter/runtime.js';
import type { Json } from '../json.js';
import { formatDuration } from '../workflow/duration.js';
import type { RunEvent, RunEventBody } from '../workflow/run.js';
import type { Budget } from './budget.js';
import type {
  SimulatedEffect,
  SimulatedEnding,
  SimulatedPath,
  SimulatedSubRun,
  SimulatedWait,
  Unknown,
} from './simulation.js';

/** Takes the events of a run. */
export type Log = (event: RunEventBody, at: string) => void;

/** What a walk leaves behind. */
export interface Trace {
  readonly event: Log;
  /** The log of a run that the run started. */
  subRun(about: Omit<SimulatedSubRun, 'events'>): Log;
  effect(call: ActionCall): void;
  /** Returns what ends the wait. Times are ms since the epoch. */
  wait(entry: Parameters<Runtime['waiting']>[0], from: number): (to: number) => void;
  unknown(what: Unknown): void;
  /** Notes an answer, as `answers` would give it. */
  answer(key: string, answer: Json): void;
  path(ending: SimulatedEnding, input: Json, ms: number): SimulatedPath;
}

/** Makes a {@link Trace}; what it holds is taken from the budget. */
export const createTrace = (budget: Budget): Trace => {
  const events: RunEvent[] = [];
  const subRuns: SimulatedSubRun[] = [];
  const effects: SimulatedEffect[] = [];
  const waits: SimulatedWait[] = [];
  const unknown: Unknown[] = [];
  const answers = new Map<string, Json>();
  const cost = { read: 0, write: 0, irreversible: 0 };

  const logTo =
    (log: RunEvent[]): Log =>
    (event, at) => {
      if (event.type === 'step.started' || event.type === 'compensation.started') budget.step();
      if ('input' in event && event.input !== undefined) budget.value(event.input);
      if ('output' in event) budget.value(event.output);
      if (event.type === 'approval.requested') budget.value([event.title, event.message ?? '']);
      log.push({ seq: log.length + 1, at, ...event });
    };

  return {
    event: logTo(events),
    subRun(about) {
      const own: RunEvent[] = [];
      subRuns.push({ ...about, events: own });
      return logTo(own);
    },
    effect({ path, action, effect, input, undo }) {
      cost[effect] += 1;
      effects.push({ path, action, effect, input, ...(undo ? { undo } : {}) });
    },
    wait({ kind, path }, from) {
      const index = waits.push({ kind, path, duration: 'PT0S' }) - 1;
      return (to) => {
        waits[index] = { kind, path, duration: formatDuration(to - from) };
      };
    },
    unknown: (what) => {
      unknown.push(what);
    },
    answer: (key, answer) => {
      answers.set(key, answer);
    },
    path: (ending, input, ms) => ({
      ending,
      events,
      subRuns,
      effects,
      waits,
      duration: formatDuration(ms),
      cost,
      unknown,
      input,
      answers: Object.fromEntries(answers),
    }),
  };
};
