/** What a person sees when a part behind the demo is slow or gone. */
import { afterEach, describe, expect, test } from 'vitest';
import {
  closing,
  loopback,
  opening,
  streams,
  streamsAndStalls,
  text,
} from '../packages/core/test/models/anthropic/loopback.js';
import { serviceAddress } from '../packages/core/test/stores/support/service-address.js';
import { tcpProxy } from '../packages/core/test/stores/support/tcp-proxy.js';
import { chat, send } from './support/api.js';
import { type Demo, dataFolder, startDemo } from './support/demo.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const start = async (env: Record<string, string>): Promise<Demo> => {
  const folder = await dataFolder();
  const demo = await startDemo({ dataDir: folder.path, env });
  closers.push(folder.remove, demo.kill);
  return demo;
};

const sessionOf = async (demo: Demo, id: string) =>
  (await send(`${demo.url}/api/workflow-agent/sessions/${id}`, 'GET')).body;

describe('a language model that stalls', () => {
  test('is given up at the deadline: 504, the call aborted, the session as it was and usable', async () => {
    const provider = await loopback([
      streamsAndStalls(opening, ...text('Let me ')),
      streams(opening, ...text('Here I am.'), ...closing('end_turn')),
    ]);
    closers.push(provider.close);
    const demo = await start({
      ANTHROPIC_API_KEY: 'test-key-1234',
      ANTHROPIC_BASE_URL: provider.baseURL,
      CHAT_TIMEOUT_MS: '800',
      LOG_LEVEL: 'info',
    });
    const started = performance.now();
    const answer = await send(`${demo.url}/api/workflow-agent/chat`, 'POST', {
      session_id: 'slow',
      message: 'Mail the dock',
    });
    expect(answer).toMatchObject({ status: 504, body: { code: 'timeout', status: 504 } });
    expect(performance.now() - started).toBeLessThan(3000);
    await provider.calls[0]?.left;
    expect(await sessionOf(demo, 'slow')).toMatchObject({ draft: null });
    expect((await chat(demo.url, 'slow', 'Are you there?')).agent_response).toContain('Here I am.');
    // The log names request and turn, and holds neither the key nor what was said.
    expect(demo.output()).toMatch(/"requestId":"/);
    expect(demo.output()).toMatch(/turn_/);
    expect(demo.output()).not.toContain('test-key-1234');
  });
});

describe('Redis', () => {
  test('lost in the middle: memory answers within a second, health says so, and it comes back', async () => {
    const redis = new URL(serviceAddress('REDIS_URL'));
    const proxy = await tcpProxy(redis.hostname, Number(redis.port || 6379));
    closers.push(proxy.close);
    const demo = await start({ REDIS_URL: `redis://127.0.0.1:${proxy.port}`, CHAT_LIMIT_PER_MINUTE: '100' });
    const session = `e2e-redis-${Date.now()}`;
    const first = await chat(demo.url, session, 'Send an email, wait 48 hours');
    expect((await send(`${demo.url}/health`, 'GET')).body).toMatchObject({
      status: 'healthy',
      session_store: 'redis',
    });

    await proxy.kill();
    const lost = performance.now();
    const second = await chat(demo.url, session, 'wait 24 hours instead of 48');
    expect(performance.now() - lost).toBeLessThan(1000);
    expect(second.draft?.revision).toBe((first.draft?.revision ?? 0) + 1);
    expect((await send(`${demo.url}/health`, 'GET')).body).toMatchObject({
      status: 'degraded',
      session_store: 'memory',
    });

    await proxy.restart();
    await expect
      .poll(async () => (await send(`${demo.url}/health`, 'GET')).body, { timeout: 10_000 })
      .toMatchObject({ status: 'healthy', session_store: 'redis' });
    expect(await sessionOf(demo, session)).toMatchObject({ draft: { revision: second.draft?.revision } });
  });
});
