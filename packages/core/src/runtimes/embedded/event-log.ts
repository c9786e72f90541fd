import type { RunEvent } from '../../workflow/run.js';

/** The events of a run in this process, for any number of followers. */
export interface EventLog {
  readonly events: readonly RunEvent[];
  append(event: RunEvent): void;
  /** No more events come: followers end. */
  end(): void;
  /** Events with `seq` > `after`, live, until the log ends or `signal` aborts. */
  follow(after: number, signal: AbortSignal): AsyncGenerator<RunEvent, void, undefined>;
}

/** Makes an {@link EventLog}. */
export const createEventLog = (): EventLog => {
  const events: RunEvent[] = [];
  const followers = new Set<() => void>();
  let ended = false;

  const wake = (): void => {
    for (const follower of [...followers]) follower();
  };

  const news = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const stop = (): void => {
        followers.delete(stop);
        signal.removeEventListener('abort', stop);
        resolve();
      };
      followers.add(stop);
      signal.addEventListener('abort', stop);
    });

  return {
    events,
    append(event) {
      events.push(event);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    async *follow(after, signal) {
      let next = Math.max(0, after);
      while (!signal.aborted) {
        const event = events[next];
        if (event) {
          next += 1;
          yield event;
        } else if (ended) return;
        else await news(signal);
      }
    },
  };
};
