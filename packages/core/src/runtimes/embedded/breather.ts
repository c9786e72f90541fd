/** Answers that may be acted on before timers and I/O get their turn. */
const answersPerTurn = 100;

/**
 * Makes a function to await before acting on an answer. Runs whose answers come at once would otherwise go on from one
 * microtask to the next and keep timers and requests waiting.
 */
export const createBreather = (): (() => Promise<void> | undefined) => {
  let left = answersPerTurn;
  let breath: Promise<void> | undefined;
  return () => {
    if (left > 0) {
      left -= 1;
      return undefined;
    }
    breath ??= new Promise((resolve) =>
      setImmediate(() => {
        left = answersPerTurn;
        breath = undefined;
        resolve();
      }),
    );
    return breath;
  };
};
