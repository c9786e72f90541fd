import { createPending } from '../../interpreter/pending.js';
import type {
  ActionAnswer,
  ActionCall,
  Pending,
  Runtime,
  SubRunCall,
  TimerRequest,
} from '../../interpreter/runtime.js';
import type { JournalEntry, SignalEntry, StoredRun, TimerPurpose } from '../../ports/run-store.js';
import type { RunEvent, RunEventBody, WaitingFor } from '../../workflow/run.js';
import { createMailbox } from './mailbox.js';
import { signalNames } from './signal-names.js';

/** What performs effects; their answers come back as journal entries. Each returns what gives the effect up. */
export interface Effects {
  call(call: ActionCall): () => void;
  /** Starts a sub-run, unless it was started before. */
  startRun(call: SubRunCall): () => void;
  /** Cancels a sub-run that was given up in an earlier process, if it was started. */
  cancelRun(runId: string): void;
  /** `due` is wall-clock ms. */
  arm(timer: { readonly path: string; readonly purpose: TimerPurpose }, due: number): () => void;
}

/** A runtime whose answers are journal entries: those of an earlier process, then those of this one. */
export interface JournaledRuntime {
  readonly runtime: Runtime;
  /** Gives an entry to what waits for it; the interpreter has then done all that follows from it. */
  deliver(entry: JournalEntry): void;
  /** Performs the open effects, and from now on every new one at once. Once is enough. */
  perform(effects: Effects): void;
  waitingFor(): readonly WaitingFor[];
  /** When its next timer is due (whole wall-clock ms), null without one; undefined while it has more to do than wait. */
  restsUntil(): number | null | undefined;
  /** Whether it was told to cancel. */
  cancelled(): boolean;
  /** Whether the approval of this path is asked now. */
  asks(path: string): boolean;
  /** Whether something waits for a signal of this name now. */
  awaits(name: string): boolean;
  /** How many signals are kept for later waits. */
  kept(): number;
  /** The signal that came under this key. */
  heard(key: string | undefined): SignalEntry | undefined;
  /** Whether the definition ever waits for a signal of this name. */
  takes(name: string): boolean;
  /** RFC 3339: when the last entry came that the run acted on, else its start. */
  at(): string;
}

interface Open {
  /** Of a timer. */
  readonly due: number | undefined;
  readonly settle: (entry: JournalEntry) => void;
  readonly begin: (effects: Effects) => () => void;
  giveUp?: () => void;
}

/**
 * Makes a {@link JournaledRuntime}. Its time is that of the journal: an entry's `at` is the time of all that follows from
 * it, so that events and deadlines are the same in every process. `timeScale` divides every timer.
 */
export const createJournaledRuntime = (
  { run, definition }: StoredRun,
  timeScale: number,
  onEvent: (event: RunEvent) => void,
): JournaledRuntime => {
  const open = new Map<string, Open>();
  const shown = new Set<WaitingFor>();
  const givenUpRuns = new Set<string>();
  const keyed = new Map<string, SignalEntry>();
  let effects: Effects | undefined;
  let onCancel: ((reason: string | null) => void) | undefined;
  let cancelled = false;
  let time = Date.parse(run.startedAt);
  let at = run.startedAt;
  let seq = 0;
  /** Answers that were there before they were asked for. */
  const ready: (() => void)[] = [];
  let names: ((name: string) => boolean) | undefined;

  const mailbox = createMailbox((give) => ready.push(give));

  const takes = (name: string): boolean => {
    names ??= signalNames(definition);
    return names(name);
  };

  const moveTo = (entry: JournalEntry): void => {
    if (entry.at === time) return;
    time = entry.at;
    at = new Date(time).toISOString();
  };

  const dueOf = ({ ms, until }: TimerRequest): number =>
    time + Math.max(0, until === undefined ? (ms ?? 0) : until - time) / timeScale;

  const ask = <T>(
    key: string,
    answerOf: (entry: JournalEntry) => T,
    begin: Open['begin'],
    due?: number,
  ): Pending<T> => {
    const { pending, give } = createPending<T>(() => {
      open.delete(key);
      effect.giveUp?.();
    });
    const effect: Open = { due, settle: (entry) => give(answerOf(entry)), begin };
    open.set(key, effect);
    if (effects) effect.giveUp = begin(effects);
    return pending;
  };

  const settle = (entry: JournalEntry): void => {
    const key = keyOf(entry);
    const effect = open.get(key);
    // Without one, the interpreter gave the effect up before its answer came.
    if (!effect) return;
    open.delete(key);
    moveTo(entry);
    effect.settle(entry);
  };

  return {
    runtime: {
      runId: run.runId,
      version: run.version,
      startedAt: run.startedAt,
      emit(event: RunEventBody) {
        seq += 1;
        onEvent({ seq, at, ...event });
      },
      action: (call) => ask(callKey(call), answerOf, (perform) => perform.call(call)),
      subRun(call) {
        const subRun = ask(callKey(call), answerOf, (perform) => perform.startRun(call));
        return {
          ...subRun,
          cancel() {
            if (!effects) givenUpRuns.add(call.runId);
            subRun.cancel();
          },
        };
      },
      timer(request) {
        const due = dueOf(request);
        return ask(
          timerKey(request),
          () => undefined,
          (perform) => perform.arm(request, due),
          due,
        );
      },
      signal: (request) => mailbox.wait(request),
      waiting(entry, timer) {
        const item = timer ? { ...entry, until: new Date(dueOf(timer)).toISOString() } : entry;
        shown.add(item);
        return () => shown.delete(item);
      },
      onCancel(listener) {
        onCancel = listener;
      },
    },
    deliver(entry) {
      if (entry.kind === 'signal') {
        if (entry.key !== undefined) {
          // Two servers took it at the same moment.
          if (keyed.has(entry.key)) return;
          keyed.set(entry.key, entry);
        }
        const before = { time, at };
        moveTo(entry);
        if (!mailbox.post(entry)) {
          ({ time, at } = before);
          if (takes(entry.name)) mailbox.keep(entry);
        }
      } else if (entry.kind === 'cancel') {
        if (cancelled) return;
        cancelled = true;
        moveTo(entry);
        onCancel?.(entry.reason);
      } else settle(entry);
      // By acting on an answer the interpreter may take a kept signal: another answer.
      for (let give = ready.shift(); give; give = ready.shift()) give();
    },
    perform(real) {
      if (effects) return;
      effects = real;
      for (const effect of open.values()) effect.giveUp = effect.begin(real);
      for (const runId of givenUpRuns) real.cancelRun(runId);
    },
    waitingFor: () => [...shown],
    restsUntil() {
      let earliest: number | null = null;
      for (const { due } of open.values()) {
        if (due === undefined) return undefined;
        earliest = Math.min(due, earliest ?? due);
      }
      return earliest === null ? null : Math.ceil(earliest);
    },
    cancelled: () => cancelled,
    asks: mailbox.asks,
    awaits: mailbox.awaits,
    kept: mailbox.kept,
    heard: (key) => (key === undefined ? undefined : keyed.get(key)),
    takes,
    at: () => at,
  };
};

/** Names an attempt within its run. */
export const callKey = (call: {
  readonly path: string;
  readonly attempt: number;
  readonly undo?: boolean;
}): string => `${call.undo ? 'undo' : 'call'} ${call.attempt} ${call.path}`;

const timerKey = ({ path, purpose }: { readonly path: string; readonly purpose: TimerPurpose }): string =>
  `${purpose} ${path}`;

const keyOf = (entry: JournalEntry): string => {
  switch (entry.kind) {
    case 'result':
    case 'error':
      return callKey(entry);
    case 'timer':
      return timerKey(entry);
    default:
      return '';
  }
};

const answerOf = (entry: JournalEntry): ActionAnswer => {
  if (entry.kind === 'result') return { ok: true, output: entry.output };
  if (entry.kind === 'error') return { ok: false, error: entry.error, retryable: entry.retryable };
  throw new TypeError(`An entry of kind "${entry.kind}" answers no action.`);
};
