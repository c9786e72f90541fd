import { WorkflowError } from '../../errors.js';
import type { ClaimedRun, JournalEntry, RunLease, StoredRun } from '../../ports/run-store.js';
import { createLiveRun, type LiveRun, type LiveRunDeps } from './live-run.js';
import { createSlots } from './slots.js';

/** The open runs that this process owns. Those that only wait sleep: nothing of them is in memory but when to wake them. */
export interface OwnedRuns {
  /** Takes on runs just claimed; resolves when those that are due go on. */
  add(claimed: readonly ClaimedRun[]): Promise<void>;
  /** Goes on with a run just created, whose journal has these entries (default none). */
  begin(lease: RunLease, stored: StoredRun, entries?: readonly JournalEntry[]): void;
  /** A run that is awake. */
  awake(runId: string): LiveRun | undefined;
  /** A run, woken if it sleeps; undefined when this process does not own it. Throws `store_unavailable`. */
  wake(runId: string): Promise<LiveRun | undefined>;
  /** Lets a run take in what was posted to it. */
  posted(runId: string): Promise<void>;
  /** Those that are awake. */
  all(): readonly LiveRun[];
  /** Gives all of them up at once. */
  abandon(): void;
}

interface Sleeper {
  readonly lease: RunLease;
  cancelTimer: () => void;
  waking?: Promise<LiveRun | undefined>;
}

/** Runs that are woken at the same time. */
const wakingAtOnce = 16;

/** Milliseconds until a run that cannot be read now is tried again. */
const retryMs = 1000;

/** Makes {@link OwnedRuns}; `onEnd` gets every run that has ended. */
export const createOwnedRuns = (
  deps: LiveRunDeps,
  onEnd: (run: LiveRun, runId: string) => void,
): OwnedRuns => {
  const { runs, clock, logger } = deps;
  const awake = new Map<string, LiveRun>();
  const asleep = new Map<string, Sleeper>();
  const slots = createSlots(wakingAtOnce);

  const goOn = (live: Parameters<typeof createLiveRun>[0]): LiveRun => {
    const { runId } = live.lease;
    const run = createLiveRun(live, deps, (end) => {
      if (awake.get(runId) !== run) return;
      awake.delete(runId);
      if (end === 'ended') onEnd(run, runId);
      else logger.info({ runId }, 'Another process goes on with a run.');
    });
    awake.set(runId, run);
    return run;
  };

  const wakeAfter = (sleeper: Sleeper, ms: number): void => {
    sleeper.cancelTimer = clock.after(ms, () => void wakeSoon(sleeper.lease.runId));
  };

  const open = async (sleeper: Sleeper): Promise<LiveRun | undefined> => {
    const { lease } = sleeper;
    const { runId } = lease;
    sleeper.cancelTimer();
    await slots.take();
    try {
      const [stored, entries] = await Promise.all([runs.get(runId), runs.journal(runId)]);
      if (asleep.get(runId) !== sleeper) return undefined;
      asleep.delete(runId);
      if (!stored || stored.run.endedAt !== undefined) return undefined;
      const run = goOn({ stored, entries, lease });
      await run.recovered;
      return run;
    } catch (error) {
      if (asleep.get(runId) !== sleeper) return undefined;
      if (WorkflowError.is(error) && error.retryable) {
        delete sleeper.waking;
        wakeAfter(sleeper, retryMs);
        throw error;
      }
      asleep.delete(runId);
      logger.error({ runId, err: error }, 'A run cannot be read, and does not go on.');
      return undefined;
    } finally {
      slots.free();
    }
  };

  const wake = async (runId: string): Promise<LiveRun | undefined> => {
    const sleeper = asleep.get(runId);
    if (!sleeper) return awake.get(runId);
    sleeper.waking ??= open(sleeper);
    return sleeper.waking;
  };

  /** Wakes a run for itself: when it cannot be read now, it is tried again. */
  const wakeSoon = async (runId: string): Promise<void> => {
    try {
      await wake(runId);
    } catch (error) {
      logger.warn({ runId, err: error }, 'A run cannot be read now, and is tried again.');
    }
  };

  const abandonOne = (runId: string): void => {
    awake.get(runId)?.abandon();
    awake.delete(runId);
    asleep.get(runId)?.cancelTimer();
    asleep.delete(runId);
  };

  /** Whether it is due now. */
  const fallAsleep = ({ runId, fence, wakeAt }: ClaimedRun): boolean => {
    abandonOne(runId);
    const sleeper: Sleeper = { lease: { runId, fence }, cancelTimer: () => undefined };
    asleep.set(runId, sleeper);
    if (wakeAt === null) return false;
    if (wakeAt <= clock.now()) return true;
    wakeAfter(sleeper, wakeAt - clock.now());
    return false;
  };

  return {
    async add(claimed) {
      await Promise.all(claimed.filter(fallAsleep).map(({ runId }) => wakeSoon(runId)));
    },
    begin(lease, stored, entries = []) {
      goOn({ stored, entries, lease });
    },
    awake: (runId) => awake.get(runId),
    wake,
    async posted(runId) {
      // One that sleeps reads its whole journal when it wakes; one that wakes may have read it just before.
      const sleeps = asleep.has(runId) && asleep.get(runId)?.waking === undefined;
      const run = await wake(runId);
      if (!sleeps) await run?.catchUp();
    },
    all: () => [...awake.values()],
    abandon() {
      for (const runId of [...awake.keys(), ...asleep.keys()]) abandonOne(runId);
    },
  };
};
