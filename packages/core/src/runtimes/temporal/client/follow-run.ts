import { WorkflowError } from '../../../errors.js';
import type { Clock } from '../../../ports/clock.js';
import type { Logger } from '../../../ports/logger.js';
import type { RunEvent } from '../../../workflow/run.js';
import { isLast } from './closing-events.js';
import type { TemporalConnection } from './connect-temporal.js';
import { endOf } from './end-of.js';
import { readEvents } from './read-events.js';

const firstPauseMs = 200;
const longestPauseMs = 2000;

/**
 * The events of a run after `after`, live, until it ends or `signal` aborts: polled, the less often the longer nothing
 * comes; the end is told by the server as it comes. While the server or every worker is away it waits for them.
 */
export async function* followRun(
  deps: {
    readonly connection: TemporalConnection;
    readonly clock: Clock;
    readonly logger: Logger;
    readonly runId: string;
    readonly after: number;
    /** What is known without asking: that it has ended, or that this client started it. */
    readonly known: 'ended' | 'started' | undefined;
    /** Events from wherever they are, also of a run that has ended or whose worker is gone. */
    readonly events: (runId: string, after: number) => Promise<readonly RunEvent[]>;
    /** Called when the last event has been given. */
    readonly onEnd: (runId: string) => void;
  },
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void, undefined> {
  const { connection, clock, logger, runId } = deps;
  let after = Math.max(0, deps.after);
  let pauseMs = firstPauseMs;
  let looksWhole = deps.known === 'ended';
  let ended = false;
  let wasTold = false;
  const stopped = new AbortController();
  const end = endOf(deps, AbortSignal.any([signal, stopped.signal]));

  const isTold = new Promise<void>((resolve) => {
    end.told.addEventListener('abort', () => resolve(), { once: true });
  });

  const whole = (): readonly RunEvent[] | undefined => end.record()?.events?.slice(after);

  const readNews = async (): Promise<readonly RunEvent[]> => {
    const known = whole();
    if (known) return known;
    // One call as long as a worker has something to say. Once its end is told, or after a silence, it may have none.
    const asked = looksWhole
      ? deps.events(runId, after)
      : readEvents(connection, runId, after).catch(() => deps.events(runId, after));
    // A worker that is busy with the end of the run is not waited for: the end says all that it would.
    await Promise.race([asked, isTold]);
    return whole() ?? asked;
  };

  try {
    // Asked at once, the worker of a new run would tell that it runs, and be asked again for what its first steps did.
    if (deps.known === 'started' && after === 0)
      await pause(clock, firstPauseMs, AbortSignal.any([signal, end.told]));
    while (!signal.aborted) {
      let news: readonly RunEvent[] = [];
      try {
        news = await readNews();
      } catch (err) {
        if (!WorkflowError.is(err) || !err.retryable) throw err;
        logger.debug({ runId, err }, 'The events of a run cannot be read now.');
      }
      for (const event of news) {
        if (signal.aborted) return;
        ended = isLast(event);
        yield event;
        if (ended) return;
      }
      after += news.length;
      pauseMs = news.length > 0 ? firstPauseMs : Math.min(pauseMs * 1.5, longestPauseMs);
      // Once: the server that has told it may be away when the events are read.
      await pause(clock, pauseMs, wasTold ? signal : AbortSignal.any([signal, end.told]));
      wasTold = end.told.aborted;
      looksWhole = wasTold || pauseMs === longestPauseMs;
    }
  } finally {
    stopped.abort();
    if (ended && !signal.aborted) deps.onEnd(runId);
  }
}

const pause = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal.addEventListener('abort', end);
  });
