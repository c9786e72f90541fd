import type { Logger } from '@fk-workflow/core';
import { sseHeartbeat } from '@fk-workflow/core/protocol';

/** Whether the request asks for server-sent events. `HEAD` never does: nobody would read them. */
export const wantsEventStream = (request: Request): boolean =>
  request.method !== 'HEAD' &&
  (request.headers.get('accept') ?? '')
    .split(',')
    .some((range) => range.split(';')[0]?.trim().toLowerCase() === 'text/event-stream');

/** What {@link eventStreamResponse} sends. */
export interface EventSource<T> {
  /** Opens the events; the signal aborts when the client leaves. */
  readonly open: (signal: AbortSignal) => AsyncIterable<T>;
  /** An event as text of the stream, see `sseFrame`. */
  readonly frame: (event: T) => string;
  readonly logger: Logger;
  readonly requestId: string | undefined;
  /** Milliseconds of silence before a comment is sent. Default 15,000. */
  readonly heartbeatMs?: number;
}

/**
 * Streams events as they are asked for: the next event is taken when the client has taken the last one, so a slow
 * client holds back its own stream and nothing piles up. A client that leaves ends the source. A source that fails is
 * logged and ends the stream early, which clients treat as a cut.
 */
export const eventStreamResponse = <T>(source: EventSource<T>): Response =>
  new Response(eventStream(source), {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });

const eventStream = <T>(source: EventSource<T>): ReadableStream<Uint8Array> => {
  const { logger, requestId, heartbeatMs = 15_000 } = source;
  const leaving = new AbortController();
  const iterator = source.open(leaving.signal)[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  // One `next()` may outlive many heartbeats; racing it against each of them would pile up reactions on its promise.
  let asked = false;
  let arrived: (() => void) | undefined;
  let wake: (() => void) | undefined;

  const ask = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    asked = true;
    iterator.next().then(
      (result) => {
        arrived = () => {
          if (result.done) controller.close();
          else controller.enqueue(encoder.encode(source.frame(result.value)));
        };
        wake?.();
      },
      (error: unknown) => {
        arrived = () => {
          logger.error({ requestId, err: error }, 'event stream failed');
          controller.close();
        };
        wake?.();
      },
    );
  };

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!asked) ask(controller);
        if (!arrived) await silence(heartbeatMs, (end) => (wake = end));
        wake = undefined;
        if (leaving.signal.aborted) return;
        const deliver = arrived;
        if (!deliver) {
          controller.enqueue(encoder.encode(sseHeartbeat));
          return;
        }
        asked = false;
        arrived = undefined;
        deliver();
      },
      cancel() {
        leaving.abort();
        wake?.();
        // Not awaited: a generator that waits for its next event answers `return` only after it.
        iterator.return?.().catch((error: unknown) => {
          logger.warn({ requestId, err: error }, 'event source failed while it was closed');
        });
      },
    },
    { highWaterMark: 0 },
  );
};

/** Resolves after `ms`, or earlier when the function handed to `onStart` is called. */
const silence = (ms: number, onStart: (end: () => void) => void): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    onStart(() => {
      clearTimeout(timer);
      resolve();
    });
  });
