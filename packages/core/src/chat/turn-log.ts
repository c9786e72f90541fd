import type { LoggedTurnEvent, TurnEvent } from '../protocol/turn-events.js';

/** The events of a turn, kept so that anyone can read them again. */
export interface TurnLog {
  append(event: TurnEvent): void;
  /** No event comes after this. */
  end(): void;
  /** The events after `seq`, then live until the end. Any number of readers; one that leaves lets go at once. */
  events(after?: number): AsyncIterable<LoggedTurnEvent>;
}

/** An empty log. Ids are `{turnId}:{seq}`, seq from 1. */
export const turnLog = (turnId: string): TurnLog => {
  const log: LoggedTurnEvent[] = [];
  const waiting = new Set<() => void>();
  let ended = false;

  const wake = (): void => {
    const readers = [...waiting];
    waiting.clear();
    for (const resume of readers) resume();
  };

  return {
    append(event) {
      log.push({ id: `${turnId}:${log.length + 1}`, event });
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    events: (after = 0) => ({
      [Symbol.asyncIterator]() {
        let position = Math.max(0, after);
        let left = false;
        let resume: (() => void) | undefined;
        return {
          async next(): Promise<IteratorResult<LoggedTurnEvent>> {
            for (;;) {
              const event = left ? undefined : log[position];
              if (event) {
                position += 1;
                return { done: false, value: event };
              }
              if (left || ended) return { done: true, value: undefined };
              await new Promise<void>((resolve) => {
                resume = resolve;
                waiting.add(resolve);
              });
            }
          },
          // Not a generator: its `return` would wait for the next event.
          async return(): Promise<IteratorResult<LoggedTurnEvent>> {
            left = true;
            if (resume) waiting.delete(resume);
            resume?.();
            return { done: true, value: undefined };
          },
        };
      },
    }),
  };
};
