import { WorkflowError } from '../../../errors.js';
import type { Clock } from '../../../ports/clock.js';
import type { Logger } from '../../../ports/logger.js';
import type { RunEvent } from '../../../workflow/run.js';
import type { TemporalConnection } from './connect-temporal.js';
import { readEvents } from './read-events.js';

const firstPauseMs = 200;
const longestPauseMs = 2000;

/**
 * The events of a run after `after`, live, until it ends or `signal` aborts: polled, the less often the longer nothing
 * comes. While the server or every worker is away it waits for them.
 */
export async function* followRun(
  deps: {
    readonly connection: TemporalConnection;
    readonly clock: Clock;
    readonly logger: Logger;
    readonly runId: string;
    readonly after: number;
    /** Events from wherever they are, for a run whose worker is gone. */
    readonly events: (runId: string, after: number) => Promise<readonly RunEvent[]>;
  },
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void, undefined> {
  const { connection, clock, logger, runId } = deps;
  let after = Math.max(0, deps.after);
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    let news: readonly RunEvent[] = [];
    try {
      // One call as long as a worker answers; without one, the run may have ended.
      news = await readEvents(connection, runId, after).catch(() => deps.events(runId, after));
    } catch (err) {
      if (!WorkflowError.is(err) || !err.retryable) throw err;
      logger.debug({ runId, err }, 'The events of a run cannot be read now.');
    }
    for (const event of news) {
      if (signal.aborted) return;
      yield event;
      if (isLast(event)) return;
    }
    after += news.length;
    pauseMs = news.length > 0 ? firstPauseMs : Math.min(pauseMs * 1.5, longestPauseMs);
    await pause(clock, pauseMs, signal);
  }
}

const isLast = ({ type }: RunEvent): boolean =>
  type === 'run.succeeded' || type === 'run.failed' || type === 'run.cancelled';

const pause = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal.addEventListener('abort', end);
  });
