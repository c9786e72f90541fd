import { WorkflowError } from '../../../errors.js';
import type { Clock } from '../../../ports/clock.js';
import type { Logger } from '../../../ports/logger.js';
import type { ListPlace, RunArchive } from '../../../ports/run-archive.js';
import type { EndedRuns } from './ended-runs.js';
import type { VisiblePage, VisibleQuery, VisibleRun } from './read-visible.js';

/** Looks now and then for ended runs that the archive misses. */
export interface Sweep {
  /** Begins at once, in the background. */
  start(): void;
  /** Resolves when the sweep under way has stopped. */
  close(): Promise<void>;
}

/** Milliseconds between the end of a sweep and the next one. */
const everyMs = 60_000;
/** Every so many sweeps, and at the start, all that Temporal keeps is looked at: also what was given up before. */
const wholeEvery = 60;
/** Milliseconds by which a run may come into Temporal's list later than one that ended after it. */
const latenessMs = 600_000;
const pageSize = 100;
/** Runs that are read at the same time. */
const atOnce = 5;

/**
 * Makes a {@link Sweep}. What fails is logged and tried again with a later sweep. Several servers may sweep at once: the
 * archive keeps a run once.
 */
export const createSweep = ({
  visible,
  archive,
  endedRuns,
  clock,
  logger,
}: {
  /** Temporal's list. */
  readonly visible: (query: VisibleQuery) => Promise<VisiblePage>;
  readonly archive: Pick<RunArchive, 'kept'>;
  readonly endedRuns: EndedRuns;
  readonly clock: Clock;
  readonly logger: Logger;
}): Sweep => {
  const closing = new AbortController();
  let cancelTimer = (): void => undefined;
  let running: Promise<void> = Promise.resolve();
  /** When the run ended that ended last, of those that were looked at; Temporal's clock alone counts. */
  let newest: number | undefined;
  let untilWhole = 0;

  const keep = async ({ runId, described }: VisibleRun): Promise<void> => {
    try {
      const ended = await endedRuns.learn(described);
      if (ended) await endedRuns.eventsOf(ended);
    } catch (err) {
      if (WorkflowError.is(err) && err.code === 'store_unavailable') throw err;
      logger.warn({ runId, err }, 'An ended run could not be archived whole now.');
    }
  };

  const keepMissing = async (found: readonly VisibleRun[]): Promise<void> => {
    const kept = await archive.kept(found.map(({ runId }) => runId));
    const whole = new Set(kept.flatMap(({ runId, hasEvents }) => (hasEvents ? runId : [])));
    const missing = found.filter(({ runId }) => !whole.has(runId));
    for (let n = 0; n < missing.length && !closing.signal.aborted; n += atOnce) {
      const outcomes = await Promise.allSettled(missing.slice(n, n + atOnce).map(keep));
      const failed = outcomes.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
    }
  };

  const sweep = async (since: number | undefined): Promise<void> => {
    let before: ListPlace | undefined;
    let first: VisibleRun | undefined;
    do {
      const page = await visible({ which: 'ended', before, since, count: pageSize });
      first ??= page.found[0];
      await keepMissing(page.found);
      before = page.rest;
    } while (before && !closing.signal.aborted);
    newest = first?.at ?? newest;
  };

  const run = async (): Promise<void> => {
    const whole = untilWhole <= 0 || newest === undefined;
    try {
      await sweep(whole || newest === undefined ? undefined : newest - latenessMs);
      untilWhole = whole ? wholeEvery : untilWhole - 1;
    } catch (err) {
      logger.warn({ err }, 'Ended runs cannot be looked for now: the next sweep tries again.');
    }
    if (!closing.signal.aborted) later(everyMs);
  };

  const later = (ms: number): void => {
    cancelTimer = clock.after(ms, () => {
      running = run();
    });
  };

  return {
    start: () => later(0),
    async close() {
      closing.abort();
      cancelTimer();
      await running;
    },
  };
};
