import type { Redis } from 'ioredis';
import { WorkflowError } from '../../errors.js';
import type { Logger } from '../../ports/logger.js';

/** A connection to Redis. Every failure of it is `store_unavailable`. */
export interface RedisConnection {
  /** Runs a Lua script atomically. */
  run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /** For libraries that bring their own commands. */
  readonly client: Redis;
  /** Calls `listener` whenever the connection breaks. */
  onBroken(listener: (cause: Error) => void): void;
  /** A small write: throws while Redis is away, loading, full or read-only. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** Options of {@link openRedis}. */
export interface RedisConnectionOptions {
  readonly logger: Logger;
  readonly keyPrefix: string;
  /** Milliseconds a command may take. */
  readonly commandTimeoutMs: number;
}

/** Milliseconds the start waits for a first connection; a Redis that is down must not stop it. */
const connectDeadlineMs = 1000;

const load = async (): Promise<typeof import('ioredis')> => {
  try {
    return await import('ioredis');
  } catch (cause) {
    throw new WorkflowError('missing_peer', 'Redis needs the package ioredis. Install it: npm i ioredis', {
      cause,
    });
  }
};

const checkUrl = (url: string): void => {
  if (URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol)) return;
  throw new WorkflowError(
    'configuration',
    'The address of Redis has to look like redis://host:6379 or rediss://host:6379.',
  );
};

const refusesUs = (error: unknown): boolean =>
  error instanceof Error && /^(WRONGPASS|NOAUTH|NOPERM|ERR AUTH|ERR invalid password)/.test(error.message);

/**
 * Connects to Redis; a Redis that is down is connected to when it is up.
 * Throws `missing_peer` without ioredis, `configuration` for a bad address or refused credentials.
 */
export const openRedis = async (url: string, options: RedisConnectionOptions): Promise<RedisConnection> => {
  checkUrl(url);
  const { Redis } = await load();
  const client = new Redis(url, {
    lazyConnect: true,
    // With the defaults of ioredis a dead Redis hangs every command for over 20 s.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 1,
    commandTimeout: options.commandTimeoutMs,
    connectTimeout: connectDeadlineMs,
    // A connection whose other end has silently gone is given up and made anew.
    socketTimeout: 5000,
    retryStrategy: (attempt) => Math.min(50 * attempt, 500),
  });
  let lastError: Error | undefined;
  client.on('error', (error: Error) => {
    lastError = error;
    options.logger.debug({ err: error }, 'Redis: the connection failed.');
  });

  const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (cause) {
      throw new WorkflowError('store_unavailable', 'Redis does not answer. Try again in a moment.', {
        cause,
        retryAfter: 1,
      });
    }
  };
  const probe = async (): Promise<void> => {
    await guarded(() => client.set(`${options.keyPrefix}probe`, '1', 'PX', 1000));
  };

  await withDeadline(client.connect(), connectDeadlineMs);
  if (refusesUs(lastError)) {
    client.disconnect();
    throw new WorkflowError(
      'configuration',
      'Redis refuses the user name or password in its address. Correct them and start again.',
      { cause: lastError },
    );
  }

  return {
    client,
    run: (script, keys, args) => guarded(() => client.eval(script, keys.length, ...keys, ...args)),
    probe,
    onBroken(listener) {
      client.on('close', () => listener(lastError ?? new Error('The connection to Redis was closed.')));
    },
    async close() {
      client.disconnect();
    },
  };
};

/** Waits for the first connection, but not longer than the deadline; how it went shows in the first command. */
const withDeadline = (connecting: Promise<void>, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    connecting.then(done, done);
  });
