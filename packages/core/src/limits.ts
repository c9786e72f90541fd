import type { Limits } from './builder.js';
import { WorkflowError } from './errors.js';

/** The bounds when the host sets none. */
const defaults: Limits = {
  messageLength: 5000,
  messagesPerMinute: 10,
  hookCallsPerMinute: 60,
  turnTimeoutMs: 30_000,
  steps: 500,
  sessionsInMemory: 1000,
  sessionTtlMs: 24 * 3_600_000,
  modelCallsPerTurn: 12,
};

/** Fills in the defaults. Throws `configuration` for a bound that is no whole number above 0. */
export const resolveLimits = (given: Partial<Limits> = {}): Limits => {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || (Number.isSafeInteger(value) && value > 0)) continue;
    throw new WorkflowError(
      'configuration',
      `limits.${name} is ${value}: it must be a whole number above 0.`,
    );
  }
  return {
    ...defaults,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
};
