/** Time as an effect. Tests use a manual clock. */
export interface Clock {
  /** Wall-clock milliseconds since the epoch. */
  now(): number;
  /** Calls `callback` after `ms` (any size: longer than `setTimeout` can is fine); returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void;
}
