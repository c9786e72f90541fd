import { CancellationScope, sleep } from '@temporalio/workflow';
import type { ActionAnswer, ActionCall, SubRunCall } from '../../../interpreter/runtime.js';
import type { JournalEntry, TimerPurpose } from '../../../ports/run-store.js';
import type { Effects } from '../../common/journaled-runtime.js';
import type { RunArguments } from '../common/contract.js';
import { inMicrotasks } from './microtasks.js';
import { giveUpLocalCall, isQuickRead, isRepeatable, performCall } from './perform-call.js';
import { cancelSubRun, performSubRun } from './perform-sub-run.js';
import { createTaskBudget, unlimitedBudget } from './task-budget.js';

/** The effects of a run on Temporal's primitives. */
export interface TemporalEffects extends Effects {
  /** Activities and sub-runs that have not answered. */
  underWay(): number;
  /**
   * Begins the calls of a turn. A quick read runs in this worker, if it is alone: what is begun and given up in one and
   * the same task of the workflow as a local activity answers could not be told again from the history.
   */
  begin(nothingWaits: boolean): void;
  /** Begins no activity and no sub-run any more: those that come are left to the next history. */
  hold(): void;
  isHolding(): boolean;
  /** A message has come from outside, see `TaskBudget`. */
  renew(): void;
  /** Resolves when the sub-runs that were given up know it: what a closed workflow has asked for is dropped. */
  settled(): Promise<void>;
}

/**
 * Makes the {@link TemporalEffects} of a run; every answer goes to `post`. Each effect has a scope of its own, below one
 * that a cancelled workflow does not reach: what is given up, the interpreter says, and compensations run to their end.
 */
export const createEffects = (args: RunArguments, post: (entry: JournalEntry) => void): TemporalEffects => {
  const { runId } = args.run;
  const budget = args.storesLarge ? unlimitedBudget : createTaskBudget();
  const shield = new CancellationScope({ cancellable: false });
  let calls = 0;
  let timers = 0;
  let holding = false;
  const queue = new Set<(isLocal: boolean) => void>();
  const cancels: Promise<void>[] = [];

  const cancelRun = (subRunId: string): void => {
    cancels.push(shield.run(() => cancelSubRun(runId, subRunId)));
  };

  /** Counts an effect until it answers or is given up; `cancel` then ends it. */
  const track = (cancel: () => void) => {
    let live = true;
    const end = (): boolean => {
      const was = live;
      if (was) calls -= 1;
      live = false;
      return was;
    };
    calls += 1;
    return {
      isLive: () => live,
      answer(entry: JournalEntry | undefined) {
        if (entry && end()) post(entry);
      },
      giveUp() {
        if (end()) cancel();
      },
    };
  };

  // Below, answers come in as many microtasks as ever: see `inMicrotasks`.
  const beginCall = (one: ActionCall, isLocal: boolean): (() => void) => {
    const scope = isLocal ? shield : new CancellationScope({ cancellable: true, parent: shield });
    const effect = track(isLocal ? () => giveUpLocalCall(runId, one) : () => scope.cancel());

    const answered = (answer: ActionAnswer | undefined): JournalEntry | undefined => {
      if (!effect.isLive()) return undefined;
      const known = answer ?? inDoubt(one);
      if (!known) {
        attempt();
        return undefined;
      }
      if (isLocal) budget.spend(known);
      else budget.renew();
      return entryOf(one, known);
    };
    const attempt = (): void => {
      void scope.run(() => performCall(runId, one, isLocal).then(answered).then(effect.answer));
    };

    if (isLocal || budget.take(one.input)) attempt();
    else inMicrotasks(() => effect.answer(entryOf(one, tooLarge(one))));
    return effect.giveUp;
  };

  return {
    underWay: () => calls,
    hold() {
      holding = true;
    },
    isHolding: () => holding,
    async settled() {
      await Promise.all(cancels);
    },
    begin(nothingWaits) {
      const isAlone = nothingWaits && queue.size === 1 && calls === 0 && timers === 0;
      const begun = [...queue];
      queue.clear();
      for (const start of begun) start(isAlone);
    },
    call(one) {
      let giveUp = (): void => undefined;
      const start = (isAlone: boolean): void => {
        giveUp = beginCall(one, isAlone && isQuickRead(one) && budget.hasRoom());
      };
      if (!holding) queue.add(start);
      return () => {
        if (!queue.delete(start)) giveUp();
      };
    },
    startRun(one) {
      if (holding) return () => undefined;
      const effect = track(() => cancelRun(one.runId));
      void shield.run(() =>
        performSubRun(args, one, budget)
          .then((answer) => entryOf(one, answer))
          .then(effect.answer),
      );
      return effect.giveUp;
    },
    cancelRun,
    renew: budget.renew,
    arm({ path, purpose }, due) {
      const isDeadline = purpose === 'run_timeout';
      const scope = new CancellationScope({ cancellable: true, parent: shield });
      let live = true;
      const end = (): void => {
        if (live && !isDeadline) timers -= 1;
        live = false;
      };
      const fired = (): void => {
        end();
        budget.renew();
        post({ kind: 'timer', path, purpose, at: Date.now() });
      };
      if (!isDeadline) timers += 1;
      const ms = Math.max(0, due - Date.now());
      const failed = (error: unknown): void => {
        // Cancelled, it fails.
        if (live) throw error;
      };
      void scope.run(() => sleep(ms, { summary: summaryOf(path, purpose) }).then(fired, failed));
      return () => {
        // That of the run goes with it.
        if (isDeadline) return;
        end();
        scope.cancel();
      };
    },
  };
};

const summaryOf = (path: string, purpose: TimerPurpose): string => (path ? `${path}: ${purpose}` : purpose);

const entryOf = (call: ActionCall | SubRunCall, answer: ActionAnswer): JournalEntry => {
  const undo = 'undo' in call && call.undo ? ({ undo: true } as const) : {};
  const place = { path: call.path, attempt: call.attempt, at: Date.now(), ...undo };
  return answer.ok
    ? { kind: 'result', ...place, output: answer.output }
    : { kind: 'error', ...place, error: answer.error, retryable: answer.retryable };
};

const tooLarge = ({ action }: ActionCall): ActionAnswer => {
  const message = `The input of "${action}" is too large, or the inputs of the steps that begin with it together are.`;
  return { ok: false, error: { code: 'input_too_large', message }, retryable: false };
};

/** The worker is gone. Undefined: the call may be made again. */
const inDoubt = (call: ActionCall): ActionAnswer | undefined => {
  if (isRepeatable(call)) return undefined;
  const message = `The server stopped while "${call.action}" ran: whether it happened is not known, so it is not called again.`;
  return { ok: false, error: { code: 'outcome_unknown', message }, retryable: false };
};
