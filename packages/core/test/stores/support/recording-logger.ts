import type { Logger } from '../../../src/ports/logger.js';

/** A logger that keeps its lines, as `level: message`; debug lines are dropped. */
export const recordingLogger = (): Logger & { readonly lines: string[] } => {
  const lines: string[] = [];
  const at = (level: string) => (_fields: object, message: string) => {
    lines.push(`${level}: ${message}`);
  };
  return { lines, debug: () => undefined, info: at('info'), warn: at('warn'), error: at('error') };
};
