import type { Catalog } from '../../catalog/catalog.js';
import type { ActionCall } from '../../interpreter/runtime.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { JournalEntry } from '../../ports/run-store.js';
import type { SecretResolver } from '../../ports/secret-resolver.js';
import { callKey, type Effects } from '../common/journaled-runtime.js';
import { createHandlers } from './handlers.js';
import type { Journal } from './journal.js';
import type { Slots } from './slots.js';
import type { SubRuns } from './sub-runs.js';

/** The real effects of a run: handlers are called and timers set, and what they answer is journaled. */
export interface RealEffects extends Effects {
  /** Frees the timers and starts nothing any more. */
  close(): void;
  /** Gives the handlers up. */
  abort(): void;
  /** Resolves when no handler runs and the answers are durable, and so is what sub-runs are told. */
  idle(): Promise<void>;
}

/** Makes the {@link RealEffects} of a run; `entries` are what earlier processes journaled. */
export const createEffects = (deps: {
  readonly runId: string;
  readonly entries: readonly JournalEntry[];
  readonly journal: Journal;
  readonly subRuns: SubRuns;
  readonly catalog: Catalog;
  readonly slots: Slots;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: SecretResolver;
}): RealEffects => {
  const { entries, journal, subRuns, clock } = deps;
  const handlers = createHandlers(deps);
  const timers = new Set<() => void>();
  let closed = false;

  /** Attempts that an earlier process may or may not have made. */
  const inDoubt = new Set(entries.flatMap((entry) => (entry.kind === 'intent' ? callKey(entry) : [])));

  return {
    call(call) {
      if (!inDoubt.has(callKey(call)) || call.idempotent) return handlers.call(call);
      void journal.write(outcomeUnknown(call, clock.now()));
      return () => undefined;
    },
    startRun(call) {
      if (!closed) subRuns.start(call);
      return () => subRuns.cancel(call.runId);
    },
    cancelRun: subRuns.cancel,
    arm({ path, purpose }, due) {
      if (closed) return () => undefined;
      const cancel = clock.after(Math.max(0, due - clock.now()), () => {
        timers.delete(cancel);
        void journal.write({ kind: 'timer', path, purpose, at: clock.now() });
      });
      timers.add(cancel);
      return () => {
        timers.delete(cancel);
        cancel();
      };
    },
    close() {
      closed = true;
      for (const cancel of timers) cancel();
      handlers.close();
    },
    abort() {
      handlers.abort();
      subRuns.abort();
    },
    async idle() {
      await handlers.idle();
      await subRuns.settled();
    },
  };
};

const outcomeUnknown = ({ action, path, attempt, undo }: ActionCall, at: number): JournalEntry => ({
  kind: 'error',
  path,
  attempt,
  at,
  ...(undo ? { undo } : {}),
  error: {
    code: 'outcome_unknown',
    message: `The server stopped while "${action}" ran: whether it happened is not known, so it is not called again.`,
  },
  retryable: false,
});
