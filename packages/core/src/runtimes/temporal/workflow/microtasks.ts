/**
 * Does one thing after the other, each in a microtask of its own.
 *
 * What comes with one task of the workflow meets in its microtasks: in which of them something is done decides the order of
 * the commands, and so whether the histories of earlier releases replay. Do not change how many there are. They are chained
 * by hand because the sandbox looks at every promise, which costs more than a step, and `await` makes two.
 */
export const inMicrotasks = (...work: readonly (() => void)[]): void => {
  let last = resolved;
  for (const one of work) last = last.then(one);
};

const resolved = Promise.resolve();

/** For a microtask in which something else happens. */
export const doNothing = (): void => undefined;
