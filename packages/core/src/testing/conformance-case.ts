import { rejects } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type ErrorCode, WorkflowError } from '../errors.js';

/**
 * One thing that must hold for every implementation of a port. Framework-neutral: `run` rejects when it does not hold.
 *
 * @example
 * for (const one of sessionStoreConformance({ open: () => myStore() })) test(one.name, one.run);
 */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

/** Makes the cases of a suite: every case opens a subject of its own and closes it in the end. */
export const casesOf =
  <Subject>(open: () => Subject | Promise<Subject>, close: (subject: Subject) => Promise<void>) =>
  (name: string, check: (subject: Subject) => Promise<void>): ConformanceCase => ({
    name,
    async run() {
      const subject = await open();
      try {
        await check(subject);
      } finally {
        await close(subject);
      }
    },
  });

/** An id nobody else uses: the backends under test may be shared. */
export const freshId = (prefix: string): string => `${prefix}_${randomUUID()}`;

/** Asserts that `call` fails with a `WorkflowError` of that code. */
export const failsWith = (code: ErrorCode, call: () => Promise<unknown>): Promise<void> =>
  rejects(call, (error: unknown) => {
    if (WorkflowError.is(error) && error.code === code) return true;
    throw new Error(`expected a WorkflowError with code "${code}"`, { cause: error });
  });

/** Waits in real time. */
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
