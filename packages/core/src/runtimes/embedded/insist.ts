import { WorkflowError } from '../../errors.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';

const firstPauseMs = 100;
const longestPauseMs = 5000;

/**
 * Does something again and again until the store takes it, or until `givenUp`. Never rejects: any other error is a bug,
 * which is logged and left to `broken`.
 */
export const insist = async (
  deps: { readonly clock: Clock; readonly logger: Logger; readonly runId: string },
  work: () => Promise<void>,
  givenUp: () => boolean,
  broken: () => Promise<void> | void = () => undefined,
): Promise<void> => {
  const { clock, logger, runId } = deps;
  for (let failures = 0; !givenUp(); failures += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (!WorkflowError.is(error) || !error.retryable) {
        logger.error({ runId, err: error }, 'A run and its sub-run lost one another because of a bug.');
        return broken();
      }
      const pauseMs = Math.min(firstPauseMs * 2 ** failures, longestPauseMs);
      logger.warn({ runId, pauseMs, err: error }, 'A run and its sub-run wait for the store.');
      await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
    }
  }
};
