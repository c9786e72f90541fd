import { sseFrame } from '@fk-workflow/core/protocol';
import { vi } from 'vitest';

/** A request as the fake server sees it. */
export interface SeenRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A `fetch` that answers from a list, one entry a call, and keeps what it was asked. */
export const scripted = (...answers: (Response | Error | ((request: SeenRequest) => Response))[]) => {
  const seen: SeenRequest[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = {
      url: String(input),
      method: init?.method ?? 'GET',
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    seen.push(request);
    const answer = answers[seen.length - 1];
    if (answer === undefined) throw new Error(`Unexpected call ${seen.length}: ${request.url}`);
    if (answer instanceof Error) throw answer;
    return typeof answer === 'function' ? answer(request) : answer;
  };
  return { fetch, seen };
};

export const json = (body: unknown, status = 200): Response => Response.json(body, { status });

export const problem = (status: number, detail: string, extra: Record<string, unknown> = {}): Response =>
  Response.json({ status, detail, code: 'some_code', trace_id: 't1', ...extra }, { status });

/** A stream of numbered frames; `end: 'stay'` leaves it open, `'break'` breaks the connection. */
export const stream = (
  frames: readonly (readonly [id: string | number, event: unknown])[],
  end: 'close' | 'stay' | 'break' = 'close',
): Response => {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const [id, event] of frames) controller.enqueue(new TextEncoder().encode(sseFrame(id, event)));
      if (end === 'close') controller.close();
    },
    pull(controller) {
      if (end === 'break') controller.error(new TypeError('network error'));
      return end === 'stay' ? new Promise(() => undefined) : undefined;
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
};

/** Lets the fake clock run until the work is settled; gives its outcome and the milliseconds it took. */
export const settle = async <T>(work: Promise<T>, maxMs = 120_000) => {
  let outcome: { value: T } | { error: unknown } | undefined;
  work.then(
    (value) => (outcome = { value }),
    (error: unknown) => (outcome = { error }),
  );
  const start = Date.now();
  while (outcome === undefined && Date.now() - start < maxMs) await vi.advanceTimersByTimeAsync(100);
  return { outcome, ms: Date.now() - start };
};
