/** `@fk-workflow/core/redis`: sessions, locks and limits shared by several servers. Needs the package `ioredis`. */
export { type ConnectRedisOptions, connectRedis, type RedisPorts } from '../stores/redis/connect-redis.js';
