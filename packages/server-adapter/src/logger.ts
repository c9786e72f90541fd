import type { Logger } from '@fk-workflow/core';
import { pino } from 'pino';

/** Options of {@link createLogger}. */
export interface LoggerOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Where the lines go. Default: standard output. */
  readonly destination?: { write(line: string): void };
}

const secretNames = [
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'apiKey',
  'apiKeys',
  'api_key',
  'token',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'password',
  'secret',
  'secrets',
];

/** Where a secret may stand: at the top of a line's fields, or up to three objects down, such as `err.config.headers`. */
const redactedPaths = ['', '*', '*.*', '*.*.*'].flatMap((prefix) =>
  secretNames.map((name) =>
    /^\w+$/.test(name) ? [prefix, name].filter(Boolean).join('.') : `${prefix}["${name}"]`,
  ),
);

/**
 * Structured logging as lines of JSON, by pino, with secrets taken out.
 *
 * @example
 * const builder = createWorkflowBuilder({ catalog, logger: createLogger({ level: 'info' }) });
 */
export const createLogger = ({ level, destination }: LoggerOptions): Logger => {
  const options = { level, redact: { paths: redactedPaths, censor: '[redacted]' } };
  return destination ? pino(options, destination) : pino(options);
};
