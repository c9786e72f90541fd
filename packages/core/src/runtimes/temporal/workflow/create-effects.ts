import { CancellationScope, sleep } from '@temporalio/workflow';
import type { ActionAnswer, ActionCall, SubRunCall } from '../../../interpreter/runtime.js';
import type { JournalEntry, TimerPurpose } from '../../../ports/run-store.js';
import type { Effects } from '../../embedded/journaled-runtime.js';
import type { RunArguments } from '../common/contract.js';
import { giveUpLocalCall, isLocal, isRepeatable, performCall } from './perform-call.js';
import { cancelSubRun, performSubRun } from './perform-sub-run.js';

/** The effects of a run on Temporal's primitives. */
export interface TemporalEffects extends Effects {
  /** Activities and sub-runs that have not answered. */
  underWay(): number;
  /** Begins no activity and no sub-run any more: those that come are left to the next history. */
  hold(): void;
  isHolding(): boolean;
  /** Resolves when the sub-runs that were given up know it: what a closed workflow has asked for is dropped. */
  settled(): Promise<void>;
}

/**
 * Makes the {@link TemporalEffects} of a run; every answer goes to `post`. Each effect has a scope of its own, below one
 * that a cancelled workflow does not reach: what is given up, the interpreter says, and compensations run to their end.
 */
export const createEffects = (args: RunArguments, post: (entry: JournalEntry) => void): TemporalEffects => {
  const { runId } = args.run;
  const shield = new CancellationScope({ cancellable: false });
  let calls = 0;
  let holding = false;
  const cancels: Promise<void>[] = [];

  const cancelRun = (subRunId: string): void => {
    cancels.push(shield.run(() => cancelSubRun(runId, subRunId)));
  };

  const inScope = (work: () => Promise<void>): (() => void) => {
    const scope = new CancellationScope({ cancellable: true, parent: shield });
    let live = true;
    void scope.run(work).then(
      () => undefined,
      (error: unknown) => {
        if (live) throw error;
      },
    );
    return () => {
      live = false;
      scope.cancel();
    };
  };

  /** Posts what `perform` answers, unless it is given up before; `cancel` then ends it. */
  const call = (
    perform: (isLive: () => boolean) => Promise<JournalEntry | undefined>,
    cancel?: () => void,
  ): (() => void) => {
    let live = true;
    const end = (): void => {
      if (live) calls -= 1;
      live = false;
    };
    calls += 1;
    const cancelScope = inScope(async () => {
      const entry = await perform(() => live);
      if (!live || !entry) return;
      end();
      post(entry);
    });
    return () => {
      if (!live) return;
      end();
      (cancel ?? cancelScope)();
    };
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
    call(one) {
      if (holding) return () => undefined;
      return call(
        async (isLive) => {
          let answer: ActionAnswer | undefined;
          while (isLive() && !answer) answer = (await performCall(runId, one)) ?? inDoubt(one);
          return answer && entryOf(one, answer);
        },
        isLocal(one) ? () => giveUpLocalCall(runId, one) : undefined,
      );
    },
    startRun(one) {
      if (holding) return () => undefined;
      return call(
        async () => entryOf(one, await performSubRun(args, one)),
        () => cancelRun(one.runId),
      );
    },
    cancelRun,
    arm: (timer, due) =>
      inScope(async () => {
        const { path, purpose } = timer;
        await sleep(Math.max(0, due - Date.now()), { summary: summaryOf(path, purpose) });
        post({ kind: 'timer', path, purpose, at: Date.now() });
      }),
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

/** The worker is gone. Undefined: the call may be made again. */
const inDoubt = (call: ActionCall): ActionAnswer | undefined => {
  if (isRepeatable(call)) return undefined;
  const message = `The server stopped while "${call.action}" ran: whether it happened is not known, so it is not called again.`;
  return { ok: false, error: { code: 'outcome_unknown', message }, retryable: false };
};
