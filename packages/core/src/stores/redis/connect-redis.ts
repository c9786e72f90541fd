import { redisRateLimiter } from '../../limiters/redis-rate-limiter.js';
import { fallbackLeases } from '../../locks/fallback-leases.js';
import { sessionLock } from '../../locks/leases.js';
import { memoryLeases } from '../../locks/memory-session-lock.js';
import { redisLeases } from '../../locks/redis-leases.js';
import type { Logger } from '../../ports/logger.js';
import type { RateLimiter } from '../../ports/rate-limiter.js';
import type { SessionLock } from '../../ports/session-lock.js';
import type { SessionStore } from '../../ports/session-store.js';
import { watchAvailability } from '../availability.js';
import { withFallback } from '../fallback-session-store.js';
import { memorySessionStore } from '../memory-session-store.js';
import { openRedis } from './connection.js';
import { redisSessionStore } from './session-store.js';

/** Options of {@link connectRedis}. */
export interface ConnectRedisOptions {
  readonly logger: Logger;
  /** Put before every key. Default `fkw:`. */
  readonly keyPrefix?: string;
  /** Milliseconds after the last save until a session is gone. Default 24 h. */
  readonly sessionTtlMs?: number;
  /** Sessions kept in memory for the time that Redis is away. Default 1000. */
  readonly sessionsInMemory?: number;
  /** Milliseconds after which a command that got no answer counts as failed. Default 200. */
  readonly commandTimeoutMs?: number;
}

/** The ports that Redis stands behind. They share one connection: {@link RedisPorts.close} closes it. */
export interface RedisPorts {
  readonly sessions: SessionStore;
  readonly locks: SessionLock;
  /** A limiter of `perMinute` calls per key, over all servers. */
  limiter(perMinute: number): RateLimiter;
  /** `disconnected` while memory stands in. Never waits on the network. */
  status(): 'connected' | 'disconnected';
  close(): Promise<void>;
}

/**
 * Sessions, session locks and rate limits in Redis, shared by all servers with the same prefix.
 * While Redis is away (also at the start) everything goes on in the memory of this server; when it is back, sessions
 * changed meanwhile are written back, the newest version winning.
 * Throws `missing_peer` without ioredis, `configuration` for a bad address or refused credentials.
 *
 * @example
 * const redis = await connectRedis('redis://localhost:6379', { logger });
 * const builder = createWorkflowBuilder({ catalog, sessions: redis.sessions, locks: redis.locks, limiter: redis.limiter(10) });
 */
export const connectRedis = async (url: string, options: ConnectRedisOptions): Promise<RedisPorts> => {
  const { logger, keyPrefix = 'fkw:', sessionTtlMs = 24 * 3_600_000 } = options;
  const redis = await openRedis(url, {
    logger,
    keyPrefix,
    commandTimeoutMs: options.commandTimeoutMs ?? 200,
  });
  const availability = watchAvailability({ name: 'Redis', probe: redis.probe, logger });
  redis.onBroken(availability.lose);
  await redis.probe().catch(availability.lose);

  const memory = memorySessionStore({ max: options.sessionsInMemory ?? 1000, ttlMs: sessionTtlMs });
  return {
    sessions: withFallback(
      redisSessionStore(redis, { keyPrefix, ttlMs: sessionTtlMs }),
      memory,
      availability,
    ),
    locks: sessionLock(
      fallbackLeases(
        redisLeases(redis, { keyPrefix, fenceTtlMs: 2 * sessionTtlMs }),
        memoryLeases(),
        availability,
      ),
    ),
    limiter: (perMinute) => redisRateLimiter(redis, availability, { perMinute, keyPrefix }),
    status: () => (availability.isLost() ? 'disconnected' : 'connected'),
    async close() {
      availability.close();
      await redis.close();
    },
  };
};
