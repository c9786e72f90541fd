import type {
  ActionAnswer,
  Pending,
  Runtime,
  SignalAnswer,
  SignalRequest,
  TimerRequest,
} from '../interpreter/runtime.js';
import { WalkEnd } from './budget.js';
import type { SimulateOptions } from './simulation.js';
import type { Trace } from './trace.js';

/** What answers a simulated run instead of the world. */
export interface World extends Required<Pick<Runtime, 'decide'>> {
  action(call: Parameters<Runtime['action']>[0]): ActionAnswer;
  subRun(call: Parameters<Runtime['subRun']>[0]): ActionAnswer;
  /** Undefined: nobody answers in time. */
  signal(request: SignalRequest): SignalAnswer | undefined;
}

/** A runtime under a clock of its own. */
export interface VirtualRuntime {
  readonly runtime: Runtime;
  /** Gives one answer after the other until none is left or `isOver`, and the interpreter time to act on each. */
  run(isOver: () => boolean): Promise<void>;
  /** Milliseconds since the start. */
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
 * Makes a {@link VirtualRuntime}. Timers that are due come first, then actions answer in the order they are called; people,
 * signals and sub-runs do once no action is under way, the oldest wait first; then the clock moves to the next timer. So goes
 * a real run when nobody is slow.
 */
export const createVirtualRuntime = (
  world: World,
  trace: Trace,
  startedAt: string,
  breathe: SimulateOptions['breathe'],
): VirtualRuntime => {
  const start = Date.parse(startedAt);
  const calls = new Set<Item>();
  const others = new Set<Item>();
  const timers = new Set<Item>();
  let time = start;
  let at = new Date(start).toISOString();

  /** Without an answer (undefined) it stays open. */
  const pending = <T>(
    queue: Set<Item>,
    due: number,
    answerOf: () => { value: T } | undefined,
  ): Pending<T> => {
    let cancel = (): void => undefined;
    const answer = new Promise<T>((resolve) => {
      const settle = (): void => {
        const found = answerOf();
        if (found) resolve(found.value);
      };
      const item = { due, settle };
      queue.add(item);
      cancel = () => queue.delete(item);
    });
    return { answer, cancel };
  };

  const next = (): Item | undefined => {
    let timer: Item | undefined;
    for (const each of timers) if (!timer || each.due < timer.due) timer = each;
    if (timer && timer.due <= time) return timer;
    const [now] = calls.size > 0 ? calls : others;
    return now ?? timer;
  };

  const take = (item: Item): void => {
    for (const queue of [calls, others, timers]) queue.delete(item);
    if (item.due > time) {
      time = item.due;
      at = new Date(time).toISOString();
    }
    item.settle();
  };

  const dueOf = ({ ms, until }: TimerRequest): number => {
    const due = Math.max(time, until ?? time + (ms ?? 0));
    if (due >= endOfTime) throw new WalkEnd('years');
    return due;
  };

  return {
    runtime: {
      runId: 'run_simulated',
      version: 0,
      startedAt: at,
      emit: (event) => trace.event(event, at),
      action(call) {
        trace.effect(call);
        return pending(calls, time, () => ({ value: world.action(call) }));
      },
      subRun: (call) => pending(others, time, () => ({ value: world.subRun(call) })),
      timer: (request) => pending(timers, dueOf(request), () => ({ value: undefined })),
      signal: (request) =>
        pending(others, time, () => {
          const value = world.signal(request);
          return value && { value };
        }),
      waiting(entry) {
        const ended = trace.wait(entry, time);
        return () => ended(time);
      },
      // Nobody cancels a simulated run.
      onCancel: () => undefined,
      decide: world.decide,
    },
    async run(isOver) {
      let answers = 0;
      for (let item = next(); item && !isOver(); item = next()) {
        take(item);
        answers += 1;
        await (answers % answersPerBreath === 0 ? breathe?.() : undefined);
      }
    },
    elapsed: () => time - start,
  };
};
