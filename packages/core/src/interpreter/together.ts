import { type Fiber, type Flow, spawn } from './fiber.js';
import { cancelled, type Interruption } from './result.js';

/**
 * Runs `count` flows, at most `concurrency` at a time and started in order. The first interruption cancels the others
 * that are under way, and no more are started; it is the answer.
 */
export function* together(
  count: number,
  concurrency: number,
  flowOf: (index: number) => Flow<Interruption | undefined>,
): Flow<Interruption | undefined> {
  const fibers = new Set<Fiber>();
  let interruption: Interruption | undefined;
  let over = false;

  const cancelAll = (): void => {
    for (const fiber of [...fibers]) fiber.cancel();
  };

  const alive = yield (resume) => {
    let started = 0;
    let filling = false;

    const start = (index: number): void => {
      let fiber: Fiber | undefined;
      let ended = false;
      fiber = spawn(flowOf(index), (result) => {
        ended = true;
        // Undefined when the flow ends without a wait.
        if (fiber) fibers.delete(fiber);
        if (result && !interruption) {
          interruption = result;
          cancelAll();
        }
        fill();
      });
      if (!ended) fibers.add(fiber);
    };

    const fill = (): void => {
      // Flows that end at once are started in this loop, not inside one another.
      if (filling || over) return;
      filling = true;
      while (!interruption && started < count && fibers.size < concurrency) {
        started += 1;
        start(started - 1);
      }
      filling = false;
      if (fibers.size > 0) return;
      over = true;
      resume();
    };

    fill();
    return () => {
      over = true;
      interruption ??= cancelled;
      cancelAll();
    };
  };
  return alive ? interruption : cancelled;
}
