import type { Logger } from '@fk-workflow/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventStreamResponse, wantsEventStream } from '../../src/http/event-stream.js';

const silentLogger = (): Logger => ({ debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() });

const stream = (open: (signal: AbortSignal) => AsyncIterable<string>, logger = silentLogger()) => {
  const response = eventStreamResponse({
    open,
    frame: (text) => `data: ${text}\n\n`,
    logger,
    requestId: 'r1',
  });
  if (!response.body) throw new Error('no body');
  const reader = response.body.getReader();
  return { reader, read: async () => new TextDecoder().decode((await reader.read()).value), logger };
};

describe('eventStreamResponse', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('asks for an event only when the last one is taken', async () => {
    let asked = 0;
    const { reader, read } = stream(async function* () {
      for (;;) yield String(++asked);
    });
    await Promise.resolve();
    expect(asked).toBe(0);
    expect(await read()).toBe('data: 1\n\n');
    expect(await read()).toBe('data: 2\n\n');
    expect(asked).toBe(2);
    await reader.cancel();
  });

  it('sends a comment after every 15 s of silence, and loses no event', async () => {
    let release = (_text: string): void => undefined;
    const { read } = stream(async function* () {
      yield await new Promise<string>((resolve) => {
        release = resolve;
      });
    });
    for (let i = 0; i < 3; i++) {
      const comment = read();
      await vi.advanceTimersByTimeAsync(15_000);
      expect(await comment).toBe(': keep-alive\n\n');
    }
    const event = read();
    await vi.advanceTimersByTimeAsync(14_999);
    release('late');
    expect(await event).toBe('data: late\n\n');
    expect(await read()).toBe('');
  });

  it('keeps an event that came while nobody was reading', async () => {
    let release = (_text: string): void => undefined;
    const { read } = stream(async function* () {
      yield await new Promise<string>((resolve) => {
        release = resolve;
      });
    });
    const comment = read();
    await vi.advanceTimersByTimeAsync(15_000);
    await comment;
    release('kept');
    await vi.advanceTimersByTimeAsync(1);
    expect(await read()).toBe('data: kept\n\n');
    expect(await read()).toBe('');
  });

  it('ends the source when the client leaves, also while it waits', async () => {
    const ended = vi.fn();
    const { reader } = stream(async function* (signal) {
      try {
        yield 'first';
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      } finally {
        ended();
      }
    });
    await reader.read();
    const waiting = reader.read();
    await vi.advanceTimersByTimeAsync(1);
    await reader.cancel();
    expect((await waiting).done).toBe(true);
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
  });

  it('logs a source that fails and ends without its message', async () => {
    const { read, logger } = stream(async function* () {
      yield 'first';
      throw new Error('secret address of the store');
    });
    expect(await read()).toBe('data: first\n\n');
    expect(await read()).toBe('');
    expect(logger.error).toHaveBeenCalledWith(
      expect.objectContaining({ requestId: 'r1', err: expect.any(Error) }),
      'event stream failed',
    );
  });
});

describe('wantsEventStream', () => {
  it.each([
    ['text/event-stream', true],
    ['application/json, Text/Event-Stream;q=0.9', true],
    ['application/json', false],
    ['*/*', false],
  ])('%s: %s', (accept, wanted) => {
    expect(wantsEventStream(new Request('http://x/', { headers: { accept } }))).toBe(wanted);
    expect(wantsEventStream(new Request('http://x/', { method: 'HEAD', headers: { accept } }))).toBe(false);
  });
});
