/** Megabytes of live objects. Needs `--expose-gc`. */
export const heapMegabytes = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
};

/** Megabytes of the process that are resident. Needs `--expose-gc`. */
export const residentMegabytes = (): number => {
  collectGarbage();
  return process.memoryUsage().rss / 1e6;
};

const collectGarbage = (): void => {
  if (!globalThis.gc) throw new Error('Run this with --expose-gc.');
  globalThis.gc();
};
