import { isRecord, type Json } from '../../json.js';
import type { Logger } from '../../ports/logger.js';

/** Takes the values of secrets out of what a handler leaves behind. */
export interface Mask {
  text(text: string): string;
  /** Also in keys. */
  json(value: Json): Json;
  /** A logger that never sees them. */
  logger(logger: Logger): Logger;
}

/** What stands in the place of a value. */
const masked = '***';

/** Shorter values are left: they would be found by chance, in words and numbers that are no secret. */
const shortestMasked = 8;

/** Objects inside one another in a line of the log. */
const deepestField = 8;

/** Makes a {@link Mask} of the exact values; what a handler has made of them (a part, a hash, Base64) is not known. */
export const createMask = (secrets: readonly string[]): Mask => {
  // The longest first: one secret may be a part of another.
  const values = secrets
    .filter(({ length }) => length >= shortestMasked)
    .toSorted((a, b) => b.length - a.length);
  if (values.length === 0) return noMask;

  const text = (given: string): string =>
    values.reduce((result, value) => result.replaceAll(value, masked), given);

  const json = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (!isRecord(value)) return value.map(json);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), json(item)]));
  };

  /** Also what JSON cannot hold; an error becomes an object of its texts. */
  const field = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= deepestField) return masked;
    const inner = (item: unknown): unknown => field(item, depth + 1);
    if (Array.isArray(value)) return value.map(inner);
    if ('toJSON' in value && typeof value.toJSON === 'function') return inner(value.toJSON());
    const own = Object.entries(value).map(([key, item]) => [text(key), inner(item)] as const);
    if (!(value instanceof Error)) return Object.fromEntries(own);
    const { name, message, stack = '', cause } = value;
    return {
      ...Object.fromEntries(own),
      name,
      message: text(message),
      stack: text(stack),
      ...(cause === undefined ? {} : { cause: inner(cause) }),
    };
  };

  const fields = (given: object): object => Object(field(given, 0));

  return {
    text,
    json,
    logger: (logger) => ({
      debug: (given, message) => logger.debug(fields(given), text(message)),
      info: (given, message) => logger.info(fields(given), text(message)),
      warn: (given, message) => logger.warn(fields(given), text(message)),
      error: (given, message) => logger.error(fields(given), text(message)),
    }),
  };
};

/** Leaves everything as it is. */
export const noMask: Mask = { text: (text) => text, json: (value) => value, logger: (logger) => logger };
