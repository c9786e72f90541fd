import type { Logger as TemporalLogger } from '@temporalio/worker';
import type { Logger } from '../../../ports/logger.js';

type Sdk = typeof import('@temporalio/worker');

let installed = false;

/**
 * Prepares Temporal's runtime of this process, which there is one of: it logs to the host's logger and leaves signals of
 * the process to the host. One that the host has installed before stays as it is.
 */
export const installRuntime = (sdk: Sdk, logger: Logger): void => {
  if (installed) return;
  installed = true;
  try {
    sdk.Runtime.install({
      logger: temporalLogger(logger),
      // Its native part prints on the process's own output otherwise.
      telemetryOptions: { logging: { forward: {} } },
      shutdownSignals: [],
    });
  } catch (error) {
    if (!(error instanceof sdk.IllegalStateError)) throw error;
  }
};

/** Temporal's levels on ours; what it reports at info is a detail to a host. */
const temporalLogger = (logger: Logger): TemporalLogger => {
  const at =
    (level: keyof Logger) =>
    (message: string, meta: object = {}): void =>
      logger[level](meta, message);
  const levels = { TRACE: 'debug', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;
  return {
    log: (level, message, meta = {}) => logger[levels[level]](meta, message),
    trace: at('debug'),
    debug: at('debug'),
    info: at('debug'),
    warn: at('warn'),
    error: at('error'),
  };
};
