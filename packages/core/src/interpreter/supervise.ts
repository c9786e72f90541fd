import type { Execution } from './execution.js';
import { type Fiber, type Flow, spawn } from './fiber.js';
import { cancelled, type Interruption } from './result.js';

/** Why a whole run was given up. */
export type CancelCause =
  | { readonly kind: 'cancel'; readonly reason: string | null }
  | { readonly kind: 'timeout' };

/** How supervised steps ended. */
export interface Supervised {
  readonly interruption: Interruption | undefined;
  /** Set when they were cancelled. */
  readonly cause: CancelCause | undefined;
}

/** Runs the steps of a run until they end, the run is asked to cancel or its time is up. */
export function* supervised(
  execution: Execution,
  timeoutMs: number | undefined,
  steps: Flow<Interruption | undefined>,
): Flow<Supervised> {
  const { runtime } = execution;
  let interruption: Interruption | undefined;
  let cause: CancelCause | undefined;
  let fiber: Fiber | undefined;
  let ended = false;

  const cancel = (why: CancelCause): void => {
    if (cause || ended) return;
    cause = why;
    fiber?.cancel();
  };

  yield (resume) => {
    const disarm =
      timeoutMs === undefined
        ? undefined
        : execution.listen(
            'deadline',
            runtime.timer({ path: '', purpose: 'run_timeout', ms: timeoutMs }),
            () => cancel({ kind: 'timeout' }),
          );
    runtime.onCancel((reason) => execution.turn(() => cancel({ kind: 'cancel', reason })));
    const end = (result: Interruption | undefined): void => {
      ended = true;
      interruption = result;
      disarm?.();
      resume();
    };
    // It may have been asked to cancel before anything began.
    if (cause) end(cancelled);
    else fiber = spawn(steps, end);
    return () => undefined;
  };
  return { interruption, cause: interruption?.kind === 'cancelled' ? cause : undefined };
}
