import type { TurnEvent } from '@fk-workflow/core/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../src/client/index.js';
import { problem, scripted, settle, stream } from './support.js';

const started: TurnEvent = { type: 'RUN_STARTED', threadId: 's', runId: 't' };
const text = (delta: string): TurnEvent => ({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta });
const finished: TurnEvent = { type: 'RUN_FINISHED', threadId: 's', runId: 't', outcome: { type: 'success' } };
const log = (...events: TurnEvent[]) => events.map((event, index) => [`t:${index + 1}`, event] as const);

const send = (fetch: typeof globalThis.fetch, signal?: AbortSignal) => {
  const events: TurnEvent[] = [];
  const work = createClient({ endpoint: 'https://api.example.com', fetch }).chat('Hello', 's', {
    onEvent: (event) => events.push(event),
    ...(signal ? { signal } : {}),
  });
  return { events, work };
};

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

describe('a message', () => {
  it('is posted as the protocol says and its events come in order', async () => {
    const { fetch, seen } = scripted(stream(log(started, text('Hi'), finished)));
    const { events, work } = send(fetch);
    await settle(work);
    expect(events).toEqual([started, text('Hi'), finished]);
    expect(seen[0]).toMatchObject({
      url: 'https://api.example.com/api/workflow-agent/chat',
      method: 'POST',
      body: { session_id: 's', message: 'Hello' },
    });
    expect(seen[0]?.headers.get('accept')).toBe('text/event-stream');
    expect(seen[0]?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each(['close', 'break'] as const)('follows the same turn when the stream is cut (%s)', async (end) => {
    const { fetch, seen } = scripted(
      stream(log(started, text('Hi')), end),
      stream(log(started, text('Hi'), text(' there'), finished)),
    );
    const { events, work } = send(fetch);
    const { outcome } = await settle(work);
    expect(outcome).toEqual({ value: undefined });
    expect(events).toEqual([started, text('Hi'), text(' there'), finished]);
    expect(new Set(seen.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
  });

  it('is given up after three cuts', async () => {
    const cut = () => stream(log(started));
    const { fetch, seen } = scripted(cut(), cut(), cut());
    const { work } = send(fetch);
    const { outcome } = await settle(work);
    expect(outcome).toMatchObject({ error: { code: 'cut' } });
    expect(seen).toHaveLength(3);
  });

  it('times out after 30 s without a byte, and a heartbeat counts as one', async () => {
    const beat = new TextEncoder().encode(': keep-alive\n\n');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        setTimeout(() => controller.enqueue(beat), 20_000);
      },
    });
    const { fetch, seen } = scripted(new Response(body));
    const { work } = send(fetch);
    const { outcome, ms } = await settle(work);
    expect(outcome).toMatchObject({ error: { message: 'Request timed out after 30 seconds' } });
    expect(ms).toBeGreaterThanOrEqual(50_000);
    expect(ms).toBeLessThan(50_500);
    expect(seen).toHaveLength(1);
  });

  it('rejects with the sentence of a failed turn, without another try', async () => {
    const failed: TurnEvent = { type: 'RUN_ERROR', message: 'The model took too long.', code: 'timeout' };
    const { fetch, seen } = scripted(stream(log(started, failed)));
    const { events, work } = send(fetch);
    const { outcome } = await settle(work);
    expect(outcome).toMatchObject({ error: { message: 'The model took too long.', code: 'timeout' } });
    expect(events).toEqual([started, failed]);
    expect(seen).toHaveLength(1);
  });

  it('is not sent again on 429 and says when to come back', async () => {
    const { fetch, seen } = scripted(problem(429, 'Wait 40 seconds.'));
    const { outcome } = await settle(send(fetch).work);
    expect(outcome).toMatchObject({ error: { message: 'Wait 40 seconds.', status: 429 } });
    expect(seen).toHaveLength(1);
  });

  it('stops waiting when asked to', async () => {
    const { fetch } = scripted(stream(log(started), 'stay'));
    const leaving = new AbortController();
    const { events, work } = send(fetch, leaving.signal);
    await vi.advanceTimersByTimeAsync(100);
    leaving.abort();
    const { outcome } = await settle(work);
    expect(outcome).toMatchObject({ error: { name: 'AbortError' } });
    expect(events).toEqual([started]);
  });

  it('refuses an event that is not of the protocol', async () => {
    const { fetch } = scripted(new Response('id: t:1\ndata: nonsense\n\n'));
    const { outcome } = await settle(send(fetch).work);
    expect(outcome).toMatchObject({ error: { code: 'bad_event' } });
  });
});
