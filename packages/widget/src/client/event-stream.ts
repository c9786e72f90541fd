import { readSse } from '@fk-workflow/core/protocol';
import { networkError, RequestError } from './request-error.js';
import type { OutgoingRequest, Transport } from './transport.js';
import { startWatchdog } from './watchdog.js';

/** Milliseconds without a byte after which a request or a stream is given up. */
export const silenceMs = 30_000;

/** A frame with data. */
export interface StreamedEvent {
  readonly id: string | undefined;
  readonly value: unknown;
}

/** The event is not of this protocol. */
export const unknownEvent = (cause?: unknown): RequestError =>
  new RequestError('The server sent an event this page does not understand. Update the widget.', {
    code: 'bad_event',
    cause,
  });

/**
 * Opens a stream of server-sent events and yields its frames that carry data. Returns at the end of the stream;
 * throws `timeout` after 30 s without a byte (the server's heartbeats count), and `cut` when the connection breaks.
 */
export async function* openEventStream(
  transport: Transport,
  request: OutgoingRequest,
  { signal: outer, onOpen }: { readonly signal?: AbortSignal | undefined; readonly onOpen?: () => void },
): AsyncGenerator<StreamedEvent, void, undefined> {
  const watchdog = startWatchdog(silenceMs, outer);
  const { signal } = watchdog;
  try {
    const response = await transport({ ...request, accept: 'text/event-stream' }, signal);
    onOpen?.();
    if (!response.body) return;
    const seen = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        watchdog.touch();
        controller.enqueue(chunk);
      },
    });
    watchdog.touch();
    for await (const message of readSse(response.body.pipeThrough(seen, { signal }))) {
      if (message.data !== '') yield { id: message.id, value: parse(message.data) };
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error instanceof TypeError || error instanceof DOMException ? networkError('cut', error) : error;
  } finally {
    watchdog.stop();
  }
}

const parse = (data: string): unknown => {
  try {
    return JSON.parse(data);
  } catch (error) {
    throw unknownEvent(error);
  }
};
