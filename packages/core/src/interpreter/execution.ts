import type { Json } from '../json.js';
import type { ActionLookup } from '../workflow/action-spec.js';
import type { Compensation } from '../workflow/definition.js';
import type { Flow } from './fiber.js';
import type { Pending, Runtime } from './runtime.js';
import type { StepScope } from './scope.js';
import type { TakenOver } from './taken-over.js';

/** A succeeded action that can be undone. */
export interface Undoable {
  readonly path: string;
  readonly stepId: string;
  readonly compensation: Compensation;
  readonly scope: StepScope;
  readonly input: Json;
  readonly output: Json;
}

/** What an open effect is to the run: `work` keeps it running, a `wait` lets it rest, the `deadline` of the run neither. */
export type PendingKind = 'work' | 'wait' | 'deadline';

/** One run under way: what its steps share. */
export interface Execution {
  readonly runtime: Runtime;
  readonly actions: ActionLookup;
  readonly takenOver: TakenOver;
  /** Succeeded actions in the order they succeeded. */
  readonly undoable: Undoable[];
  /** Counts the steps of a list; false when they are too many for a run, or to be taken without waiting for anything. */
  take(steps: number): boolean;
  /**
   * Does something and all that follows from it. Emits `run.waiting` when it leaves nothing open but waits.
   * Everything that is not called by a step goes through here.
   */
  turn(work: () => void): void;
  /** Calls `use` with the answer, in a turn of its own. Returns what gives the effect up. */
  listen<T>(kind: PendingKind, pending: Pending<T>, use: (answer: T) => void): () => void;
}

/** Steps a run may take, every list and round counting as one more: a loop over 100,000 items has room for four each. */
const stepsOfRun = 500_000;

/** Steps of them in one turn, some tenths of a second: a loop that waits for nothing keeps the whole process from its work. */
const stepsOfTurn = 250_000;

/** Makes the {@link Execution} of a run; `crash` gets what is thrown because of a bug. */
export const createExecution = (
  runtime: Runtime,
  actions: ActionLookup,
  takenOver: TakenOver,
  crash: (error: unknown) => void,
): Execution => {
  const open = { work: 0, wait: 0, deadline: 0 };
  let leftInRun = stepsOfRun;
  let leftInTurn = stepsOfTurn;

  const turn = (work: () => void): void => {
    leftInTurn = stepsOfTurn;
    try {
      work();
      if (open.work === 0 && open.wait > 0) runtime.emit({ type: 'run.waiting', path: '' });
    } catch (error) {
      crash(error);
    }
  };

  return {
    runtime,
    actions,
    takenOver,
    undoable: [],
    take(steps) {
      leftInRun -= steps;
      leftInTurn -= steps;
      return leftInRun >= 0 && leftInTurn >= 0;
    },
    turn,
    listen(kind, pending, use) {
      let live = true;
      open[kind] += 1;
      const close = (): void => {
        live = false;
        open[kind] -= 1;
      };
      pending.onAnswer((answer) => {
        if (!live) return;
        close();
        turn(() => use(answer));
      });
      return () => {
        if (!live) return;
        close();
        pending.cancel();
      };
    },
  };
};

/** The key of a step's calls, equal over attempts and after a crash. */
export const keyOf = ({ runtime, takenOver }: Execution, path: string): string =>
  takenOver.get(path)?.key ?? `${runtime.runId}/${path}`;

/** Waits for an answer; undefined when the step was cancelled. */
export function* answerOf<T>(
  execution: Execution,
  kind: PendingKind,
  pending: Pending<T>,
): Flow<{ readonly value: T } | undefined> {
  let answer: { readonly value: T } | undefined;
  yield (resume) =>
    execution.listen(kind, pending, (value) => {
      answer = { value };
      resume();
    });
  return answer;
}

/** Waits for the first of an answer and a timer, and gives the other one up; undefined when the step was cancelled. */
export function* answerBefore<T>(
  execution: Execution,
  pending: Pending<T>,
  timeout: Pending<void> | undefined,
): Flow<{ readonly value: T } | 'timeout' | undefined> {
  let first: { readonly value: T } | 'timeout' | undefined;
  yield (resume) => {
    const giveUpTimer = timeout && execution.listen('wait', timeout, () => end('timeout'));
    const giveUpAnswer = execution.listen('wait', pending, (value) => end({ value }));
    const giveUp = (): void => {
      giveUpTimer?.();
      giveUpAnswer();
    };
    const end = (what: { readonly value: T } | 'timeout'): void => {
      first = what;
      giveUp();
      resume();
    };
    return giveUp;
  };
  return first;
}
