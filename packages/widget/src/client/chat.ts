import type { TurnEvent } from '@fk-workflow/core/protocol';
import { openEventStream, unknownEvent } from './event-stream.js';
import { newKey } from './new-key.js';
import { networkError, RequestError } from './request-error.js';
import { withRetries } from './retry.js';
import type { Transport } from './transport.js';

/** Options of a message. */
export interface ChatOptions {
  /** Called with each event of the turn once, in order, also when the connection had to be made again. */
  readonly onEvent: (event: TurnEvent) => void;
  /** Stops waiting. The turn goes on at the server. */
  readonly signal?: AbortSignal;
  /** Give the key of an earlier try to get that turn's events instead of a second turn. Default: a new one. */
  readonly idempotencyKey?: string;
}

/** Sends a message and follows its turn to the end; see `Client.chat`. */
export const chat = async (
  transport: Transport,
  message: string,
  sessionId: string,
  { onEvent, signal, idempotencyKey = newKey() }: ChatOptions,
): Promise<void> => {
  const seen = new Set<string>();
  const request = {
    method: 'POST',
    path: '/api/workflow-agent/chat',
    body: { session_id: sessionId, message },
    headers: { 'Idempotency-Key': idempotencyKey },
  } as const;

  await withRetries(async () => {
    for await (const frame of openEventStream(transport, request, { signal })) {
      // A repeated try replays the turn from its first event.
      if (frame.id !== undefined && seen.has(frame.id)) continue;
      if (frame.id !== undefined) seen.add(frame.id);
      const event = frame.value;
      if (!isTurnEvent(event)) throw unknownEvent();
      onEvent(event);
      if (event.type === 'RUN_FINISHED') return;
      if (event.type === 'RUN_ERROR')
        throw new RequestError(event.message, { code: event.code, status: 200 });
    }
    throw networkError('cut');
  }, signal);
};

/** The server's word for the members: a type it does not know yet is ignored by whoever reads the event. */
const isTurnEvent = (value: unknown): value is TurnEvent =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
