import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { RunNews, RunStore } from '../../ports/run-store.js';

/**
 * Polls a store that others share, as often as it asks for, until the returned function is called. `claims` tells whether
 * runs may be claimed now.
 */
export const attend = (
  { runs, clock, logger }: { readonly runs: RunStore; readonly clock: Clock; readonly logger: Logger },
  claims: () => boolean,
  act: (news: RunNews) => void,
): (() => void) => {
  const { pollMs } = runs;
  if (pollMs === undefined) return () => undefined;
  let stopped = false;

  const poll = async (): Promise<void> => {
    try {
      const news = await runs.poll({ claim: claims() });
      if (!stopped) act(news);
    } catch (error) {
      logger.debug({ err: error }, 'The store cannot be polled now.');
    }
    again();
  };

  let cancelTimer = (): void => undefined;
  const again = (): void => {
    if (!stopped) cancelTimer = clock.after(pollMs, () => void poll());
  };
  again();
  return () => {
    stopped = true;
    cancelTimer();
  };
};
