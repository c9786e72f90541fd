/** What a limiter answers. */
export interface RateDecision {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the window starts anew. */
  readonly resetMs: number;
  /** Length of the window in milliseconds. */
  readonly windowMs: number;
}

/** Counts calls per key in a window. */
export interface RateLimiter {
  /** Counts one call. Falls back by itself when its backend is away; never throws for that. */
  consume(key: string): Promise<RateDecision>;
  close(): Promise<void>;
}
