import type { Catalog } from '../../catalog/catalog.js';
import type { RunOutcome } from '../../interpreter/outcome.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type {
  JournalEntry,
  RunLease,
  RunPatch,
  RunStore,
  SignalEntry,
  StoredRun,
} from '../../ports/run-store.js';
import type { SecretResolver } from '../../ports/secret-resolver.js';
import type { DefinitionOf } from '../../ports/workflow-store.js';
import type { Run, RunEvent, RunStatus } from '../../workflow/run.js';
import { isHeardBefore } from '../common/heard-before.js';
import { createJournaledRuntime } from '../common/journaled-runtime.js';
import { notAwaited, runHasEnded } from '../common/run-errors.js';
import { acceptSignal } from './accept-signal.js';
import { createEffects } from './effects.js';
import { createEventLog, type EventLog } from './event-log.js';
import { openJournal } from './journal.js';
import type { Relatives } from './relatives.js';
import { runOver } from './run-over.js';
import type { Slots } from './slots.js';
import { createSubRuns } from './sub-runs.js';

/** What runs of one process share. */
export interface LiveRunDeps {
  readonly runs: RunStore;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timeScale: number;
  readonly secrets: SecretResolver;
  readonly definitionOf: DefinitionOf;
  readonly relatives: Relatives;
  readonly slots: Slots;
  /** See `createBreather`. */
  readonly breathe: () => Promise<void> | undefined;
}

/** A signal that came under a key. */
interface Sent {
  readonly entry: SignalEntry;
  /** Settles as its sending does. */
  readonly taken: Promise<void>;
}

/** A run that this process goes on with. */
export interface LiveRun {
  readonly log: EventLog;
  /** Resolves when the journal has been replayed and the open effects are under way. */
  readonly recovered: Promise<void>;
  view(): Run;
  /** See `Orchestrator.signal`. */
  signal(entry: SignalEntry): Promise<void>;
  /** See `Orchestrator.cancel`. */
  cancel(reason: string | null): Promise<void>;
  /** Adds an entry of a relative to its journal, unless it has ended; durable when it resolves. Throws what the store throws. */
  tell(entry: JournalEntry): Promise<void>;
  /** Takes in what other processes have posted to its journal. */
  catchUp(): Promise<void>;
  /** Starts nothing any more; resolves when its handlers have ended and what they answered is durable. */
  close(): Promise<void>;
  /** Gives it up at once: its handlers are aborted, and nothing more of it is written. */
  abandon(): void;
}

/**
 * Goes on with a stored run from where its journal ends. `onEnd` is called when its end is durable, or when another
 * process has taken it over: then it has been abandoned.
 */
export const createLiveRun = (
  {
    stored,
    entries,
    lease,
  }: {
    readonly stored: StoredRun;
    readonly entries: readonly JournalEntry[];
    readonly lease: RunLease;
  },
  deps: LiveRunDeps,
  onEnd: (end: 'ended' | 'lost') => void,
): LiveRun => {
  const { catalog, clock, logger, timeScale } = deps;
  const { runId } = stored.run;
  const log = createEventLog();
  const inbox: JournalEntry[] = [];
  const deciding = new Set<string>();
  /** The answers of approvals that came first, of whatever process. */
  const decisions = new Map<string, SignalEntry>();
  /** Signals that came here under a key. */
  const keyed = new Map<string, Sent>();
  let signalsUnderWay = 0;
  let lastEvent: RunEvent | undefined;
  let status: RunStatus = 'running';
  let storedStatus = stored.run.status;
  let end: RunPatch | undefined;
  let cancelled = false;
  let closed = false;
  let abandoned = false;
  let pumping = true;

  const onEvent = (event: RunEvent): void => {
    // The last event is shown when the end is durable, so that whoever sees it reads an ended run.
    if (lastEvent) return;
    if (isLast(event)) {
      lastEvent = event;
      return;
    }
    status = event.type === 'run.waiting' ? 'waiting' : 'running';
    log.append(event);
  };

  const journaled = createJournaledRuntime(stored, timeScale, onEvent);

  const pump = async (): Promise<void> => {
    for (let entry = inbox[0]; entry && !closed; entry = inbox[0]) {
      const breath = deps.breathe();
      if (breath) await breath;
      journaled.deliver(entry);
      inbox.shift();
    }
    pumping = false;
    storeStatus();
  };

  const journal = openJournal({
    ...deps,
    lease,
    length: entries.length,
    durable(entry) {
      if (entry.kind === 'signal' && !decisions.has(entry.name) && journaled.asks(entry.name)) {
        decisions.set(entry.name, entry);
      }
      inbox.push(entry);
      if (pumping) return;
      pumping = true;
      void pump();
    },
    lost() {
      abandon();
      onEnd('lost');
    },
  });
  const subRuns = createSubRuns({ ...deps, run: stored.run, journal });
  const effects = createEffects({ ...deps, runId, entries, journal, subRuns });

  /** Called when all is delivered: what the run rests on is known. */
  const storeStatus = (): void => {
    if (end || closed) return;
    const until = status === 'waiting' ? journaled.restsUntil() : undefined;
    if (status === storedStatus && until === undefined) return;
    storedStatus = status;
    const rest = until === undefined ? {} : { rest: { entries: journal.length, until } };
    void journal.patch({ status, ...rest });
  };

  const startNothingMore = (): void => {
    closed = true;
    effects.close();
  };

  const finish = async (outcome: RunOutcome): Promise<void> => {
    // Also when the journal told the end already: a sub-run may not have heard that it was given up.
    journaled.perform(effects);
    startNothingMore();
    await subRuns.settled();
    await subRuns.tellParent(outcome);
    end = { ...patchOf(outcome), endedAt: journaled.at() };
    await journal.patch(end);
    if (abandoned) return;
    if (lastEvent) log.append(lastEvent);
    log.end();
    onEnd('ended');
  };

  const recover = async (): Promise<void> => {
    void runOver(stored, entries, journaled, { catalog, logger }).then(finish);
    for (const entry of entries) {
      const breath = deps.breathe();
      if (breath) await breath;
      journaled.deliver(entry);
    }
    if (closed) return;
    journaled.perform(effects);
    await pump();
  };

  const recovered = recover();

  const abandon = (): void => {
    abandoned = true;
    startNothingMore();
    effects.abort();
    journal.stop();
    log.end();
  };

  const requireOpen = async (): Promise<void> => {
    await recovered;
    if (end) throw runHasEnded(runId);
  };

  const decide = async (entry: SignalEntry): Promise<void> => {
    const { name, key } = entry;
    const isFirst = (): boolean => {
      const first = decisions.get(name);
      return first === entry || (key !== undefined && first?.key === key);
    };
    if (isFirst()) return;
    if (deciding.has(name) || decisions.has(name)) throw notAwaited(runId, name);
    deciding.add(name);
    try {
      await journal.tryWrite(entry);
    } finally {
      deciding.delete(name);
    }
    if (!isFirst()) throw notAwaited(runId, name);
  };

  const take = async (entry: SignalEntry): Promise<void> => {
    if (acceptSignal(runId, journaled, entry, signalsUnderWay + inbox.length) === 'decision')
      return decide(entry);
    signalsUnderWay += 1;
    try {
      await journal.tryWrite(entry);
    } finally {
      signalsUnderWay -= 1;
    }
  };

  /** Until it is known not to be taken. */
  const remember = (key: string, sent: Sent): void => {
    keyed.set(key, sent);
    sent.taken.catch(() => keyed.delete(key));
  };

  return {
    log,
    recovered,
    view: () => ({
      ...stored.run,
      ...(end ?? { status }),
      ...(end ? {} : { waitingFor: journaled.waitingFor() }),
    }),
    async signal(entry) {
      await recovered;
      if (isHeardBefore(journaled.heard(entry.key), entry)) return;
      const sent = entry.key === undefined ? undefined : keyed.get(entry.key);
      if (sent && isHeardBefore(sent.entry, entry)) return sent.taken;
      if (end) throw runHasEnded(runId);
      const taken = take(entry);
      if (entry.key !== undefined) remember(entry.key, { entry, taken });
      await taken;
    },
    async cancel(reason) {
      await requireOpen();
      if (cancelled) return;
      cancelled = true;
      try {
        await journal.tryWrite({ kind: 'cancel', reason, at: clock.now() });
      } catch (error) {
        cancelled = false;
        throw error;
      }
    },
    async tell(entry) {
      if (!end) await journal.tryWrite(entry);
    },
    catchUp: () => journal.catchUp(),
    async close() {
      startNothingMore();
      await effects.idle();
      await journal.idle();
    },
    abandon,
  };
};

const isLast = ({ type }: RunEvent): boolean =>
  type === 'run.succeeded' || type === 'run.failed' || type === 'run.cancelled';

const patchOf = (outcome: RunOutcome): RunPatch => {
  switch (outcome.status) {
    case 'succeeded':
      return { status: outcome.status, output: outcome.output };
    case 'failed':
      return { status: outcome.status, error: outcome.error };
    case 'cancelled':
      return { status: outcome.status };
  }
};
