import type { Logger } from './ports/logger.js';

const line = (level: string, fields: object, message: string): void => {
  const error = 'err' in fields && fields.err instanceof Error ? { err: fields.err.message } : {};
  process.stderr.write(`fk-workflow ${level}: ${message} ${JSON.stringify({ ...fields, ...error })}\n`);
};

/** The default logger: warnings and errors as lines on standard error. Hosts give their own (pino's fits as it is). */
export const stderrLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (fields, message) => line('warning', fields, message),
  error: (fields, message) => line('error', fields, message),
};
