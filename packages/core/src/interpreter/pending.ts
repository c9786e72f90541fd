import type { Pending } from './runtime.js';

/** Makes a {@link Pending} for a runtime; `give` answers it. */
export const createPending = <T>(
  cancel: () => void,
): { readonly pending: Pending<T>; readonly give: (answer: T) => void } => {
  let use = (_: T): void => undefined;
  return {
    pending: {
      onAnswer(listener) {
        use = listener;
      },
      cancel,
    },
    give: (answer) => use(answer),
  };
};
