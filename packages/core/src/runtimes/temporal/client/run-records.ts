import type * as Sdk from '@temporalio/client';
import { isRecord } from '../../../json.js';
import type { RunRecord } from '../common/contract.js';
import type { TemporalConnection } from './connect-temporal.js';
import type { Described } from './run-rows.js';

/** How an ended run ended, from its history: no worker is needed. Undefined when its history is gone. */
export const readRecord = (
  connection: TemporalConnection,
  { workflowId, runId, closeTime }: Described,
): Promise<RunRecord | undefined> =>
  connection.call(async (sdk) => {
    try {
      return (await awaitRecord(connection.client, sdk, { workflowId, runId })) ?? closedByHand(closeTime);
    } catch (error) {
      if (error instanceof sdk.WorkflowNotFoundError) return undefined;
      throw error;
    }
  });

/**
 * Waits until a run has ended and answers its record, also after it went on with a fresh history; undefined when it was
 * ended in Temporal. Throws `WorkflowNotFoundError` when its history is gone.
 */
export const awaitRecord = async (
  client: Sdk.Client,
  { WorkflowFailedError }: typeof Sdk,
  { workflowId, runId }: { readonly workflowId: string; readonly runId?: string },
): Promise<RunRecord | undefined> => {
  try {
    return await client.workflow.getHandle(workflowId, runId).result();
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    return recordOf(error.cause);
  }
};

/** A failed run carries its record as the detail of its failure. */
const recordOf = (failure: Error | undefined): RunRecord | undefined => {
  const { details } = { details: undefined, ...failure };
  const [detail]: unknown[] = Array.isArray(details) ? details : [];
  return isRunRecord(detail) ? detail : undefined;
};

const isRunRecord = (value: unknown): value is RunRecord =>
  isRecord(value) && typeof value.status === 'string' && typeof value.endedAt === 'string';

const closedByHand = (closeTime: Date | undefined): RunRecord => ({
  status: 'failed',
  error: { code: 'terminated', message: 'The run was ended in Temporal, not through this API.' },
  endedAt: (closeTime ?? new Date(0)).toISOString(),
});
