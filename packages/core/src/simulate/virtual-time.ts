import type { RunOutcome } from '../interpreter/interpret.js';
import { createPending } from '../interpreter/pending.js';
import type { ActionAnswer, Pending, Runtime, TimerRequest } from '../interpreter/runtime.js';
import { WalkEnd } from './budget.js';
import type { SimulatedRun, StartedSubRun } from './simulated-run.js';
import type { SimulateOptions } from './simulation.js';
import { asLastEvent, type LastEvent } from './sub-run.js';
import type { Trace } from './trace.js';

/** Runs under a clock of their own. */
export interface VirtualTime {
  /** Gives one answer after the other until the run and those it started have ended, and the interpreter time to act on each. */
  run(run: SimulatedRun): Promise<RunOutcome>;
  /** Milliseconds since the start, up to the end of the run. */
  elapsed(): number;
}

interface Item {
  readonly due: number;
  /** Looks up the answer, only now: what is given up before needs none. */
  readonly settle: () => void;
}

/** Answers that may be given before the host's other work gets its turn. */
const answersPerBreath = 200;

/** The end of the last year that RFC 3339 can write. */
const endOfTime = Date.UTC(10_000, 0, 1);

/**
 * Makes a {@link VirtualTime}. What runs tell one another comes first: starts, ends, cancellations. Then come timers that are
 * due, then actions answer in the order they are called; people, signals and sub-runs that are not walked do once no action is
 * under way, the oldest wait first; then the clock moves to the next timer. So goes a real run when nobody is slow.
 */
export const createVirtualTime = (
  trace: Trace,
  startedAt: string,
  breathe: SimulateOptions['breathe'],
): VirtualTime => {
  const start = Date.parse(startedAt);
  const told = new Set<Item>();
  const calls = new Set<Item>();
  const others = new Set<Item>();
  const timers = new Set<Item>();
  const open = new Set<SimulatedRun>();
  let broken: { readonly error: unknown } | undefined;
  let ended: number | undefined;
  let time = start;
  let at = new Date(start).toISOString();

  /** Without an answer (undefined) it stays open. */
  const answered = <T>(
    queue: Set<Item>,
    due: number,
    answerOf: () => { value: T } | undefined,
  ): Pending<T> => {
    const { pending, give } = createPending<T>(() => queue.delete(item));
    const settle = (): void => {
      const found = answerOf();
      if (found) give(found.value);
    };
    const item = { due, settle };
    queue.add(item);
    return pending;
  };

  const next = (): Item | undefined => {
    const [first] = told;
    if (first) return first;
    let timer: Item | undefined;
    for (const each of timers) if (!timer || each.due < timer.due) timer = each;
    if (timer && timer.due <= time) return timer;
    const [now] = calls.size > 0 ? calls : others;
    return now ?? timer;
  };

  const take = (item: Item): void => {
    for (const queue of [told, calls, others, timers]) queue.delete(item);
    if (item.due > time) {
      time = item.due;
      at = new Date(time).toISOString();
    }
    item.settle();
  };

  const tell = (settle: () => void): (() => void) => {
    const item = { due: time, settle };
    told.add(item);
    return () => told.delete(item);
  };

  const dueOf = ({ ms, until }: TimerRequest): number => {
    const due = Math.max(time, until ?? time + (ms ?? 0));
    if (due >= endOfTime) throw new WalkEnd('years');
    return due;
  };

  /** No answer follows what ends a walk. */
  const orBreak = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (error instanceof WalkEnd) broken ??= { error };
      throw error;
    }
  };

  /** Starts a run. Gives its outcome, and what cancels it. */
  const begin = (run: SimulatedRun, onEnd: (event: LastEvent) => void) => {
    const { prefix, world } = run;
    const listeners: ((reason: string) => void)[] = [];
    const placed = <T extends { readonly path: string }>(what: T): T => ({
      ...what,
      path: prefix + what.path,
    });
    const runtime: Runtime = {
      runId: run.runId,
      version: run.version,
      startedAt: at,
      emit(event) {
        orBreak(() => run.log(event, at));
        const last = asLastEvent(event);
        if (!last) return;
        open.delete(run);
        onEnd(last);
      },
      action(call) {
        trace.effect(placed(call));
        return answered(calls, time, () => ({ value: world.action(placed(call)) }));
      },
      subRun(call) {
        const started = run.startSubRun(call);
        if (!started) return answered(others, time, () => ({ value: world.subRun(placed(call)) }));
        return 'ok' in started ? refuse(started) : follow(started, run.runId);
      },
      timer: (request) =>
        answered(
          timers,
          orBreak(() => dueOf(request)),
          () => ({ value: undefined }),
        ),
      signal: (request) =>
        answered(others, time, () => {
          const value = world.signal(placed(request));
          return value && { value };
        }),
      waiting(entry) {
        const done = trace.wait(placed(entry), time);
        return () => done(time);
      },
      // Only runs that others started are cancelled.
      onCancel: (listener) => listeners.push(listener),
      decide: (test) => orBreak(() => world.decide(placed(test))),
    };
    open.add(run);
    const outcome = run.interpret(runtime);
    outcome.catch((error: unknown) => {
      broken ??= { error };
    });
    const cancel = (reason: string): void => {
      for (const listener of listeners) listener(reason);
    };
    return { outcome, cancel };
  };

  /** Answers after the runs that were to start with it have. */
  const refuse = (answer: ActionAnswer): Pending<ActionAnswer> => {
    const { pending, give } = createPending<ActionAnswer>(() => giveUp());
    let giveUp = tell(() => {
      giveUp = tell(() => give(answer));
    });
    return pending;
  };

  /** Starts a sub-run once its step has done its part, and answers when it has ended. Given up, it is cancelled. */
  const follow = ({ run, end }: StartedSubRun, parent: string): Pending<ActionAnswer> => {
    const { pending, give } = createPending<ActionAnswer>(() => {
      wanted = false;
      giveUp();
    });
    let wanted = true;
    let giveUp = tell(() => {
      const { cancel } = begin(run, (event) => {
        if (wanted) giveUp = tell(() => give(end(event)));
      });
      // One that waits for nothing has ended by now.
      if (open.has(run)) giveUp = () => void tell(() => cancel(`The run "${parent}" has given it up.`));
    });
    return pending;
  };

  return {
    async run(root) {
      const { outcome } = begin(root, () => {
        ended = time;
      });
      let answers = 0;
      for (let item = next(); item && open.size > 0; item = next()) {
        if (broken) throw broken.error;
        take(item);
        answers += 1;
        await (answers % answersPerBreath === 0 ? breathe?.() : undefined);
      }
      if (broken) throw broken.error;
      return outcome;
    },
    elapsed: () => (ended ?? time) - start,
  };
};
