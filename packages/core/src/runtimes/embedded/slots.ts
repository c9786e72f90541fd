/** Bounds how much happens at the same time; who waits is served in order. */
export interface Slots {
  /** Resolves when there is room. Every `take` is followed by one `free`. */
  take(): Promise<void>;
  free(): void;
}

/** Makes `count` {@link Slots}. */
export const createSlots = (count: number): Slots => {
  const waiting: (() => void)[] = [];
  let left = count;
  return {
    async take() {
      if (left > 0) left -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    free() {
      const next = waiting.shift();
      if (next) next();
      else left += 1;
    },
  };
};
