import { createHash } from 'node:crypto';

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
): string => {
  const digest = createHash('sha256')
    .update(JSON.stringify([workflowId, kind, ...key]))
    .digest('hex');
  return `run_${digest.slice(0, 32)}`;
};
