import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { WorkflowError } from '../errors.js';
import type { RateDecision, RateLimiter } from '../ports/rate-limiter.js';
import type { Availability } from '../stores/availability.js';
import type { RedisConnection } from '../stores/redis/connection.js';
import { memoryRateLimiter, windowMs } from './memory-rate-limiter.js';

/** Options of {@link redisRateLimiter}. */
export interface RedisRateLimiterOptions {
  /** Calls a minute per key, over all servers. */
  readonly perMinute: number;
  readonly keyPrefix: string;
}

/** Counts calls in Redis, and per server while Redis is away. */
export const redisRateLimiter = (
  redis: RedisConnection,
  availability: Availability,
  { perMinute, keyPrefix }: RedisRateLimiterOptions,
): RateLimiter => {
  const memory = memoryRateLimiter({ perMinute });
  const limiter = new RateLimiterRedis({
    storeClient: redis.client,
    keyPrefix: `${keyPrefix}limit:${perMinute}`,
    points: perMinute,
    duration: windowMs / 1000,
  });

  const decide = (allowed: boolean, counted: RateLimiterRes): RateDecision => ({
    allowed,
    limit: perMinute,
    remaining: counted.remainingPoints,
    resetMs: Math.max(0, counted.msBeforeNext),
    windowMs,
  });

  const consume = async (key: string): Promise<RateDecision> => {
    try {
      return decide(true, await limiter.consume(key));
    } catch (refused) {
      // The library rejects with its counts when the limit is reached, and with an Error when Redis failed.
      if (refused instanceof RateLimiterRes) return decide(false, refused);
      throw new WorkflowError('store_unavailable', 'Redis does not answer. Try again in a moment.', {
        cause: refused,
      });
    }
  };

  return {
    consume: (key) =>
      availability.either(
        () => consume(key),
        () => memory.consume(key),
      ),
    close: () => memory.close(),
  };
};
