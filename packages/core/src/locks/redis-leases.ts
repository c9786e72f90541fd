import type { RedisConnection } from '../stores/redis/connection.js';
import { sessionKeys } from '../stores/redis/keys.js';
import type { Leases } from './leases.js';

/** Options of {@link redisLeases}. */
export interface RedisLeasesOptions {
  readonly keyPrefix: string;
  /** Milliseconds a fence counter is kept; longer than any session. */
  readonly fenceTtlMs: number;
}

const takeScript = `
local holder = redis.call('GET', KEYS[1])
if holder then return holder end
local newest = math.max(tonumber(redis.call('GET', KEYS[2]) or '0'), tonumber(ARGV[3]))
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SET', KEYS[2], newest + 1, 'PX', ARGV[4])
return newest + 1`;

const keepScript = `
local holder = redis.call('GET', KEYS[1])
local newest = tonumber(redis.call('GET', KEYS[2]) or '0')
if (holder and holder ~= ARGV[1]) or newest > tonumber(ARGV[3]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
return 1`;

const dropScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

const holderScript = `return redis.call('GET', KEYS[1])`;

/** Leases across servers, in Redis. Expiry is timed by Redis. Throws `store_unavailable` while Redis is away. */
export const redisLeases = (
  redis: RedisConnection,
  { keyPrefix, fenceTtlMs }: RedisLeasesOptions,
): Leases => ({
  async take(sessionId, holder, ttlMs, floor = 0) {
    const { lock, fence } = sessionKeys(keyPrefix, sessionId);
    const reply = await redis.run(takeScript, [lock, fence], [holder, ttlMs, floor, fenceTtlMs]);
    return typeof reply === 'number' ? { fence: reply } : { heldBy: String(reply) };
  },
  async keep(sessionId, holder, ttlMs, fence) {
    const keys = sessionKeys(keyPrefix, sessionId);
    const args = [holder, ttlMs, fence, fenceTtlMs];
    return (await redis.run(keepScript, [keys.lock, keys.fence], args)) === 1;
  },
  async drop(sessionId, holder) {
    await redis.run(dropScript, [sessionKeys(keyPrefix, sessionId).lock], [holder]);
  },
  async holder(sessionId) {
    const reply = await redis.run(holderScript, [sessionKeys(keyPrefix, sessionId).lock], []);
    return typeof reply === 'string' ? reply : undefined;
  },
  async close() {
    // The connection belongs to whoever opened it.
  },
});
