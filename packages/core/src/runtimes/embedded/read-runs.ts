import type { Clock } from '../../ports/clock.js';
import type { JournalEntry, RunStore, SignalEntry, StoredRun } from '../../ports/run-store.js';
import type { Run, RunEvent } from '../../workflow/run.js';
import { isHeardBefore } from '../common/heard-before.js';
import { noRun, runHasEnded, tooBusy } from '../common/run-errors.js';
import { acceptSignal } from './accept-signal.js';
import { type Replay, type ReplayDeps, replay } from './replay.js';

/** What is known of a run from its journal alone, whoever owns it. */
export interface ReadRuns {
  get(runId: string): Promise<Run | undefined>;
  /** See `Orchestrator.events`. */
  events(runId: string): Promise<readonly RunEvent[]>;
  /** See `Orchestrator.observe`. */
  follow(runId: string, after: number, signal: AbortSignal): AsyncGenerator<RunEvent, void, undefined>;
  /** See `Orchestrator.signal`. */
  signal(runId: string, entry: SignalEntry): Promise<void>;
  /** See `Orchestrator.cancel`. */
  cancel(runId: string, entry: JournalEntry & { readonly kind: 'cancel' }): Promise<Run>;
}

interface Reading {
  readonly stored: StoredRun;
  readonly replayed: Replay;
  readonly length: number;
}

/** How often something is posted to a run whose journal grows meanwhile, and how often one is looked at that is followed. */
const mostTries = 20;
const lookEveryMs = 250;

/** Makes {@link ReadRuns}. */
export const createReadRuns = (
  deps: ReplayDeps & { readonly runs: RunStore; readonly clock: Clock },
): ReadRuns => {
  const { runs, clock } = deps;

  /** The row is read first: the journal is at least as new. */
  const read = async (runId: string): Promise<Reading> => {
    const stored = await runs.get(runId);
    if (!stored) throw noRun(runId);
    const entries = await runs.journal(runId);
    return { stored, replayed: await replay(stored, entries, deps), length: entries.length };
  };

  /**
   * Posts what `check` lets through to an open run, exactly once and after all that `check` has seen; an ended one needs
   * nothing more when it `isThere`.
   */
  const post = async (
    runId: string,
    entry: JournalEntry,
    check: (replayed: Replay) => 'post' | 'needless',
    isThere: (replayed: Replay) => boolean = () => false,
  ): Promise<Run> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const reading = await read(runId);
      if (isThere(reading.replayed)) return viewOf(reading);
      if (reading.stored.run.endedAt !== undefined) throw runHasEnded(runId);
      if (check(reading.replayed) === 'needless') return viewOf(reading);
      if (await runs.post(runId, entry, reading.length)) return viewOf(reading);
    }
    throw tooBusy(runId);
  };

  const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        cancel();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = clock.after(ms, end);
      signal.addEventListener('abort', end);
    });

  return {
    async get(runId) {
      const stored = await runs.get(runId);
      if (!stored || stored.run.endedAt !== undefined) return stored?.run;
      return viewOf(await read(runId));
    },
    async events(runId) {
      const { stored, replayed } = await read(runId);
      return shownEvents(stored, replayed);
    },
    async *follow(runId, after, signal) {
      const first = await read(runId);
      const { replayed } = first;
      let { stored, length } = first;
      let next = Math.max(0, after);
      for (;;) {
        const shown = shownEvents(stored, replayed);
        for (const event of shown.slice(next)) {
          next = event.seq;
          yield event;
        }
        if (signal.aborted || stored.run.endedAt !== undefined) return;
        await pause(lookEveryMs, signal);
        stored = (await runs.get(runId)) ?? stored;
        const entries = await runs.journal(runId, length);
        length += entries.length;
        await replayed.deliver(entries);
      }
    },
    async signal(runId, entry) {
      await post(
        runId,
        entry,
        ({ journaled }) => {
          acceptSignal(runId, journaled, entry, 0);
          return 'post';
        },
        ({ journaled }) => isHeardBefore(journaled.heard(entry.key), entry),
      );
    },
    cancel: (runId, entry) =>
      post(runId, entry, ({ journaled }) => (journaled.cancelled() ? 'needless' : 'post')),
  };
};

/** The last event is shown when the row has ended too, so that whoever sees it reads an ended run. */
const shownEvents = ({ run }: StoredRun, { events }: Replay): readonly RunEvent[] =>
  run.endedAt === undefined && isLast(events.at(-1)) ? events.slice(0, -1) : events;

const isLast = (event: RunEvent | undefined): boolean =>
  event?.type === 'run.succeeded' || event?.type === 'run.failed' || event?.type === 'run.cancelled';

const viewOf = ({ stored, replayed }: Reading): Run => {
  if (stored.run.endedAt !== undefined) return stored.run;
  const status = shownEvents(stored, replayed).at(-1)?.type === 'run.waiting' ? 'waiting' : 'running';
  return { ...stored.run, status, waitingFor: replayed.journaled.waitingFor() };
};
