import type { RunEvent } from '@fk-workflow/core/protocol';
import { openEventStream, unknownEvent } from './event-stream.js';
import { RequestError } from './request-error.js';
import { pause } from './retry.js';
import type { Transport } from './transport.js';

/** Options of following a run. */
export interface FollowOptions {
  /** Called with each event once, in the order of `seq`. */
  readonly onEvent: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** Whether events are coming, or the connection is being made again. */
  readonly onConnection?: (state: 'live' | 'reconnecting') => void;
}

const longestPauseMs = 30_000;

/** Follows a run to its end; see `Client.followRun`. */
export const followRun = async (
  transport: Transport,
  runId: string,
  { onEvent, signal, onConnection }: FollowOptions,
): Promise<void> => {
  let last = 0;
  let failures = 0;
  for (;;) {
    try {
      const request = {
        method: 'GET',
        path: `/api/runs/${encodeURIComponent(runId)}/events`,
        headers: last > 0 ? { 'Last-Event-ID': String(last) } : {},
      } as const;
      const onOpen = (): void => onConnection?.('live');
      for await (const { value: event } of openEventStream(transport, request, { signal, onOpen })) {
        if (!isRunEvent(event)) throw unknownEvent();
        failures = 0;
        if (event.seq <= last) continue;
        last = event.seq;
        onEvent(event);
        if (endsRun(event)) return;
      }
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
    }
    // The run has not ended, so the stream was cut, whatever ended it.
    onConnection?.('reconnecting');
    await pause(Math.min(2 ** failures * 1000, longestPauseMs), signal);
    failures += 1;
  }
};

/** Whether the run is over with this event. */
export const endsRun = ({ type }: RunEvent): boolean =>
  type === 'run.succeeded' || type === 'run.failed' || type === 'run.cancelled';

/** Also silence passes here: the events go on where they stopped. */
const isPassing = (error: unknown): boolean =>
  error instanceof RequestError && (error.retryable || error.code === 'timeout');

const isRunEvent = (value: unknown): value is RunEvent =>
  typeof value === 'object' &&
  value !== null &&
  'seq' in value &&
  typeof value.seq === 'number' &&
  'type' in value &&
  typeof value.type === 'string' &&
  'path' in value &&
  typeof value.path === 'string';
