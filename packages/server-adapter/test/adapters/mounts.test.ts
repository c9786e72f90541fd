import { connect, type Socket } from 'node:net';
import type { LoggedTurnEvent } from '@fk-workflow/core/protocol';
import { createHandler } from '@fk-workflow/server-adapter';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBuilder } from '../support/fake-builder.js';
import { type Mounted, mounts } from '../support/mounts.js';
import { chatPath, frames, jsonOf, post, problem } from '../support/requests.js';

const message = { session_id: 's1', message: 'Mail the facility.' };

describe.each(Object.entries(mounts))('mounted in %s', (_name, mount) => {
  let fake: ReturnType<typeof fakeBuilder>;
  let server: Mounted;
  const chat = (body: unknown, headers?: Record<string, string>) =>
    fetch(post(`${server.url}${chatPath}`, body, headers));

  beforeEach(async () => {
    fake = fakeBuilder();
    server = await mount(createHandler(fake.builder, { allowedOrigins: ['https://app.example'] }));
  });
  afterEach(async () => {
    // Whatever a test did, the process is up and answers.
    const response = await fetch(`${server.url}/health/live`);
    expect(await response.json()).toEqual({ alive: true });
    await server.close();
  });

  it('answers a message as JSON', async () => {
    const response = await chat(message);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('ratelimit')).toBe('"chat";r=9;t=42');
    expect(await response.json()).toMatchObject({ status: 'success', session_id: 's1', turn_id: 'turn_1' });
    expect(fake.sent[0]?.[0]).toEqual(message);
    expect(fake.sent[0]?.[1].client).toBe('address:127.0.0.1');
  });

  it('streams a message as events in order', async () => {
    const response = await chat(message, { Accept: 'text/event-stream' });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('no-cache');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const events = await frames(response);
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5].map((seq) => `turn_1:${seq}`));
    expect(events[2]?.event).toMatchObject({ type: 'TEXT_MESSAGE_CONTENT', delta: 'Hello\r\nyou 🙂' });
    expect(events.at(-1)?.event).toMatchObject({ type: 'RUN_FINISHED' });
  });

  it.each([
    ['an empty session id', { ...message, session_id: '' }, /session_id must be 1 to 100 characters/],
    ['a session id of 101', { ...message, session_id: 'x'.repeat(101) }, /1 to 100/],
    ['a session id that is a path', { ...message, session_id: '../x' }, /session_id/],
    [
      'a message of 5001',
      { ...message, message: 'x'.repeat(5001) },
      /1 to 5000 characters; this one has 5001/,
    ],
    ['a blank message', { ...message, message: ' \n ' }, /message must be 1 to 5000/],
    ['no message', { session_id: 's1' }, /message must be/],
    ['a list', [], /must be a JSON object/],
    ['a forbidden key', '{"session_id":"s1","message":"x","a":{"__proto__":{"b":1}}}', /"__proto__"/],
    ['a key named constructor', '{"session_id":"s1","message":"x","constructor":1}', /"constructor"/],
    [
      'deep JSON',
      `{"session_id":"s1","message":"x","a":${'['.repeat(40_000)}${']'.repeat(40_000)}}`,
      /64 levels/,
    ],
  ])('refuses %s with 422 and starts no turn', async (_what, body, detail) => {
    const response = await chat(body);
    expect((await problem(response, 422, 'invalid_request')).detail).toMatch(detail);
    expect(fake.sent).toEqual([]);
    expect(fake.limited).toEqual([]);
  });

  it('refuses what is not JSON', async () => {
    await problem(await chat('{"session_id": '), 400, 'invalid_json');
    await problem(await chat(''), 400, 'invalid_json');
    await problem(await chat('x=1', { 'Content-Type': 'text/plain' }), 415, 'unsupported_media_type');
    await problem(
      await chat('session_id=s1&message=x', { 'Content-Type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupported_media_type',
    );
  });

  it('refuses 2 MiB, announced or not', async () => {
    const big = JSON.stringify({ ...message, current_workflow: 'x'.repeat(2 * 1024 * 1024) });
    await problem(await chat(big), 413, 'payload_too_large');
    const chunked = await fetch(`${server.url}${chatPath}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: new Blob([big]).stream(),
      duplex: 'half',
    } as RequestInit);
    await problem(chunked, 413, 'payload_too_large');
    expect(fake.sent).toEqual([]);
  });

  it('refuses unknown routes and wrong methods', async () => {
    await problem(await fetch(`${server.url}/api/workflow-agent/nothing`), 404, 'not_found');
    await problem(await fetch(`${server.url}/api/workflow-agent/sessions/../x`), 404, 'not_found');
    const response = await fetch(`${server.url}${chatPath}`);
    expect(response.headers.get('allow')).toBe('POST, OPTIONS');
    await problem(response, 405, 'method_not_allowed');
  });

  it('refuses the eleventh message in a minute, and counts only well-formed ones', async () => {
    for (let i = 0; i < 10; i++) {
      await chat({ ...message, message: '' });
      expect((await chat(message)).status).toBe(200);
    }
    const response = await chat(message);
    expect(response.headers.get('retry-after')).toBe('42');
    expect(response.headers.get('ratelimit')).toBe('"chat";r=0;t=42');
    expect(response.headers.get('ratelimit-policy')).toBe('"chat";q=10;w=60');
    expect((await problem(response, 429, 'rate_limited')).detail).toContain('42 seconds');
    expect(fake.sent).toHaveLength(10);
  });

  it('passes an idempotency key on', async () => {
    const answers = await Promise.all(
      ['a', 'a', 'b'].map(async (key) => jsonOf(await chat(message, { 'Idempotency-Key': key }))),
    );
    const [first, second, third] = answers.map(({ turn_id }) => turn_id);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    await problem(await chat(message, { 'Idempotency-Key': 'x'.repeat(256) }), 422, 'invalid_request');
  });

  it('answers preflights of allowed origins only', async () => {
    const preflight = (origin: string) =>
      fetch(`${server.url}${chatPath}`, {
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
      });
    const allowed = await preflight('https://app.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(allowed.headers.get('access-control-allow-methods')).toContain('POST');
    expect(allowed.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    const other = await preflight('https://app.example.evil');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    expect(other.headers.get('vary')).toBe('Origin');
  });

  it('reads signals whose names are paths, with any JSON', async () => {
    const name = encodeURIComponent('each[3]/ok');
    for (const payload of ['true', 'null', '"text"', '{"decision":"approved"}', '[1]']) {
      const response = await fetch(post(`${server.url}/api/runs/run_1/signals/${name}`, payload));
      expect(response.status).toBe(202);
    }
    const empty = await fetch(`${server.url}/api/runs/run_1/signals/${name}`, { method: 'POST' });
    expect(empty.status).toBe(202);
    expect(fake.signals.map(([, path]) => path)).toEqual(Array(6).fill('each[3]/ok'));
    expect(fake.signals.map(([, , payload]) => payload)).toEqual([
      true,
      null,
      'text',
      { decision: 'approved' },
      [1],
      null,
    ]);
  });

  it('answers 50 requests side by side', async () => {
    const roomy = fakeBuilder({ messagesPerMinute: 100 });
    const busy = await mount(createHandler(roomy.builder));
    const ids = Array.from({ length: 50 }, (_, i) => `s${i}`);
    const answers = await Promise.all(
      ids.map(async (session_id, i) => {
        const accept = i % 2 ? 'text/event-stream' : 'application/json';
        const response = await fetch(
          post(`${busy.url}${chatPath}`, { ...message, session_id }, { Accept: accept }),
        );
        if (i % 2 === 0) return (await jsonOf(response)).session_id;
        return (await frames(response))[0]?.event;
      }),
    );
    expect(answers).toEqual(
      ids.map((id, i) => (i % 2 ? expect.objectContaining({ type: 'RUN_STARTED', threadId: id }) : id)),
    );
    await busy.close();
  });

  describe('a client that leaves', () => {
    const source = () => {
      let open = 0;
      let produced = 0;
      const delta = 'x'.repeat(64 * 1024);
      async function* events(): AsyncGenerator<LoggedTurnEvent> {
        open++;
        try {
          for (;;) {
            produced++;
            yield {
              id: `turn_1:${produced}`,
              event: { type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta },
            };
            await new Promise((resolve) => setImmediate(resolve));
          }
        } finally {
          open--;
        }
      }
      return { events, open: () => open, produced: () => produced };
    };

    const request = (port: number): Socket => {
      const body = JSON.stringify(message);
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        `POST ${chatPath} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
      return socket;
    };

    it('ends its stream, also under backpressure, and nothing piles up', async () => {
      const endless = source();
      const leaky = fakeBuilder({ turn: { events: endless.events }, messagesPerMinute: 1000 });
      const streaming = await mount(createHandler(leaky.builder));

      // Reads nothing: the source must stand still once the buffers of the sockets are full.
      const stuck = request(streaming.port);
      stuck.pause();
      let last = -1;
      await vi.waitFor(
        () => {
          const now = endless.produced();
          const still = now > 0 && now === last;
          last = now;
          expect(still).toBe(true);
        },
        { timeout: 10_000, interval: 200 },
      );
      expect(endless.open()).toBe(1);
      expect(endless.produced()).toBeLessThan(500);
      stuck.destroy();
      await vi.waitFor(() => expect(endless.open()).toBe(0));

      // Leaves after the first bytes.
      await Promise.all(
        Array.from({ length: 100 }, async () => {
          const socket = request(streaming.port);
          await new Promise((resolve) => socket.once('data', resolve));
          socket.destroy();
        }),
      );
      await vi.waitFor(() => expect(endless.open()).toBe(0), { timeout: 5000 });
      expect(leaky.lines.filter(({ level }) => level === 'error')).toEqual([]);
      await streaming.close();
    }, 20_000);

    it('before its turn has started opens no stream for ever', async () => {
      const endless = source();
      let start = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        start = resolve;
      });
      const slow = fakeBuilder({ turn: { events: endless.events, before: () => held } });
      const waiting = await mount(createHandler(slow.builder));
      const socket = request(waiting.port);
      await vi.waitFor(() => expect(slow.sent).toHaveLength(1));
      socket.destroy();
      await new Promise((resolve) => socket.once('close', resolve));
      start();
      await vi.waitFor(() => expect(slow.lines.some(({ message }) => message === 'request')).toBe(true));
      await vi.waitFor(() => expect(endless.open()).toBe(0));
      await waiting.close();
    });

    it('in the middle of its body gets nothing and harms nobody', async () => {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      await new Promise<void>((resolve) => {
        socket.write(
          `POST ${chatPath} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{"session`,
          () => resolve(),
        );
      });
      socket.destroy();
      await new Promise((resolve) => socket.once('close', resolve));
      expect(fake.sent).toEqual([]);
    });
  });
});
