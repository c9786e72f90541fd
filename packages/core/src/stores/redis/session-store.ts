import type { Session, VersionedSession } from '../../ports/session-store.js';
import type { SessionReplica } from '../session-replica.js';
import { sessionConflict, staleLease } from '../store-errors.js';
import type { RedisConnection } from './connection.js';
import { sessionKeys } from './keys.js';

/** Options of {@link redisSessionStore}. */
export interface RedisSessionStoreOptions {
  readonly keyPrefix: string;
  /** Milliseconds after the last save until a session is gone. */
  readonly ttlMs: number;
}

// Hash: v = version, d = JSON of the session.
const loadScript = `return redis.call('HMGET', KEYS[1], 'v', 'd')`;

// The fence is compared with the newest one given out, not with the newest one saved: a server that slept through the
// end of its lease is refused even before its successor has saved. The fence outlives the session.
const saveScript = `
local newest = tonumber(redis.call('GET', KEYS[2]) or '0')
local fence = tonumber(ARGV[2])
if fence < newest then return -1 end
local version = tonumber(redis.call('HGET', KEYS[1], 'v') or '0')
if version ~= tonumber(ARGV[1]) then return -2 end
redis.call('HSET', KEYS[1], 'v', version + 1, 'd', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('SET', KEYS[2], fence, 'PX', ARGV[4] * 2)
return version + 1`;

const restoreScript = `
local version = tonumber(redis.call('HGET', KEYS[1], 'v') or '0')
if version >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'v', ARGV[1], 'd', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`;

const deleteScript = `return redis.call('DEL', KEYS[1])`;

const staleLeaseReply = -1;
const conflictReply = -2;

const parse = (json: string): Session => JSON.parse(json);

const toVersioned = (reply: unknown): VersionedSession | undefined => {
  const [version, json]: readonly unknown[] = Array.isArray(reply) ? reply : [];
  return typeof version === 'string' && typeof json === 'string'
    ? { session: parse(json), version: Number(version) }
    : undefined;
};

/** Keeps sessions in Redis. Throws `store_unavailable` while Redis is away. */
export const redisSessionStore = (
  redis: RedisConnection,
  { keyPrefix, ttlMs }: RedisSessionStoreOptions,
): SessionReplica => ({
  kind: 'redis',
  async load(id) {
    return toVersioned(await redis.run(loadScript, [sessionKeys(keyPrefix, id).data], []));
  },
  async save(session, expected, fence) {
    const keys = sessionKeys(keyPrefix, session.id);
    const args = [expected, fence, JSON.stringify(session), ttlMs];
    const reply = Number(await redis.run(saveScript, [keys.data, keys.fence], args));
    if (reply === staleLeaseReply) throw staleLease(session.id);
    if (reply === conflictReply) throw sessionConflict(session.id);
    return reply;
  },
  async restore(session, version) {
    const { data } = sessionKeys(keyPrefix, session.id);
    return (await redis.run(restoreScript, [data], [version, JSON.stringify(session), ttlMs])) === 1;
  },
  async delete(id) {
    return (await redis.run(deleteScript, [sessionKeys(keyPrefix, id).data], [])) === 1;
  },
  degraded: () => undefined,
  async close() {
    // The connection belongs to whoever opened it.
  },
});
