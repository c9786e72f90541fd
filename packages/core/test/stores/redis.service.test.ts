import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { connectRedis, type RedisPorts } from '../../src/stores/redis/connect-redis.js';
import { rateLimiterConformance } from '../../src/testing/rate-limiter-conformance.js';
import { sampleSession } from '../../src/testing/samples.js';
import { sessionLockConformance } from '../../src/testing/session-lock-conformance.js';
import { sessionStoreConformance } from '../../src/testing/session-store-conformance.js';
import { recordingLogger } from './support/recording-logger.js';
import { runCases } from './support/run-cases.js';
import { serviceAddress } from './support/service-address.js';
import { type TcpProxy, tcpProxy } from './support/tcp-proxy.js';

const url = serviceAddress('REDIS_URL');

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const open = async (options: { readonly url?: string; readonly sessionTtlMs?: number } = {}) => {
  const { url: at = url, sessionTtlMs } = options;
  const logger = recordingLogger();
  const redis = await connectRedis(at, {
    logger,
    keyPrefix: `test:${randomUUID()}:`,
    ...(sessionTtlMs === undefined ? {} : { sessionTtlMs }),
  });
  closers.push(redis.close);
  return { redis };
};

runCases(
  'the sessions of Redis',
  sessionStoreConformance({
    open: async ({ ttlMs }) => (await open({ sessionTtlMs: ttlMs })).redis.sessions,
  }),
);
runCases('the locks of Redis', sessionLockConformance({ open: async () => (await open()).redis.locks }));
runCases(
  'the limiter of Redis',
  rateLimiterConformance({ open: async (limit) => (await open()).redis.limiter(limit) }),
);

const openProxied = async (): Promise<{ redis: RedisPorts; proxy: TcpProxy }> => {
  const { hostname, port } = new URL(url);
  const proxy = await tcpProxy(hostname, Number(port || 6379));
  closers.push(proxy.close);
  const { redis } = await open({ url: `redis://127.0.0.1:${proxy.port}` });
  return { redis, proxy };
};

const until = async (condition: () => boolean, ms = 5000): Promise<void> => {
  await expect.poll(condition, { timeout: ms, interval: 20 }).toBe(true);
};

describe('when Redis is lost', () => {
  test.each(['kill', 'freeze'] as const)(
    '%s: memory answers within a second, health says so, and all is written back',
    async (fault) => {
      const { redis, proxy } = await openProxied();
      const version = await redis.sessions.save(sampleSession('s', 'before'), 0, 1);
      expect(redis.sessions.degraded()).toBeUndefined();

      await proxy[fault]();
      const started = performance.now();
      expect((await redis.sessions.load('s'))?.session.turns[0]?.message).toBe('before');
      expect(performance.now() - started).toBeLessThan(1000);
      expect(redis.status()).toBe('disconnected');
      expect(redis.sessions.degraded()).toMatch(/redis/);
      await redis.sessions.save(sampleSession('s', 'meanwhile'), version, 2);

      if (fault === 'kill') await proxy.restart();
      else proxy.thaw();
      await until(() => redis.status() === 'connected');
      expect((await redis.sessions.load('s'))?.session.turns[0]?.message).toBe('meanwhile');
      expect(redis.sessions.degraded()).toBeUndefined();
    },
  );

  test('nothing older replaces what another server saved meanwhile', async () => {
    const { redis, proxy } = await openProxied();
    const version = await redis.sessions.save(sampleSession('s', 'one'), 0, 1);
    await proxy.kill();
    expect(await redis.sessions.load('s')).toBeDefined();
    // A stale lease of before: its late write is refused in memory as it would be in Redis.
    await redis.sessions.save(sampleSession('s', 'two'), version, 5);
    await expect(redis.sessions.save(sampleSession('s', 'late'), version + 1, 4)).rejects.toMatchObject({
      code: 'stale_lease',
    });
  });

  test('the start does not wait for it', async () => {
    const { hostname, port } = new URL(url);
    const proxy = await tcpProxy(hostname, Number(port || 6379));
    await proxy.kill();
    const started = performance.now();
    const { redis } = await open({ url: `redis://127.0.0.1:${proxy.port}` });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(redis.status()).toBe('disconnected');
    await redis.sessions.save(sampleSession('s'), 0, 1);
    expect(await redis.sessions.load('s')).toBeDefined();
  });
});
