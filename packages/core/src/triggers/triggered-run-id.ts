import { digest } from '../digest.js';

/**
 * The id of the run that one key starts: the same on every server and runtime, so that a store takes it once.
 *
 * @example
 * triggeredRunId('late-delivery', 'schedule', ['2030-01-07T08:00:00.000Z']); // "run_…", 32 hexadecimal digits
 */
export const triggeredRunId = (
  workflowId: string,
  kind: 'schedule' | 'webhook' | 'event',
  key: readonly string[],
): string => `run_${digest([workflowId, kind, ...key])}`;
