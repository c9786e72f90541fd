import type { Logger, RateLimiter, SessionLock, SessionStore } from '@fk-workflow/core';
import { connectRedis } from '@fk-workflow/core/redis';
import type { Config } from '../config.js';
import { nothingToClose, type Part } from './part.js';

type Sessions = {
  readonly sessions?: SessionStore;
  readonly locks?: SessionLock;
  readonly limiter?: RateLimiter;
};

/** Where sessions, locks and limits are kept: Redis when it has an address, also while it is down; else memory. */
export const chooseSessions = async (
  config: Pick<Config, 'redisUrl' | 'messagesPerMinute'>,
  logger: Logger,
): Promise<Part<Sessions>> => {
  if (!config.redisUrl) {
    return { ports: {}, line: 'sessions, locks and limits: in memory', close: nothingToClose };
  }
  const redis = await connectRedis(config.redisUrl, { logger });
  const away = redis.status() === 'disconnected' ? ' (not reached: in memory until it is)' : '';
  return {
    ports: {
      sessions: redis.sessions,
      locks: redis.locks,
      limiter: redis.limiter(config.messagesPerMinute),
    },
    line: `sessions, locks and limits: Redis${away}`,
    close: redis.close,
  };
};
