import { LRUCache } from 'lru-cache';
import { isRecord } from '../../../json.js';
import type { RunRecord } from '../common/contract.js';
import type { TemporalConnection } from './connect-temporal.js';
import type { Described } from './run-rows.js';

/** Records of ended runs that are kept for the next reader. */
const keptRecords = 500;

/** Makes a function that reads how an ended run ended, from its history: no worker is needed. */
export const createRecords = (connection: TemporalConnection): ((run: Described) => Promise<RunRecord>) => {
  const known = new LRUCache<string, RunRecord>({ max: keptRecords });

  const read = ({ workflowId, runId, closeTime }: Described): Promise<RunRecord> =>
    connection.call(async ({ WorkflowFailedError }) => {
      try {
        return await connection.client.workflow.getHandle(workflowId, runId).result();
      } catch (error) {
        if (!(error instanceof WorkflowFailedError)) throw error;
        return recordOf(error.cause) ?? closedByHand(closeTime);
      }
    });

  return async (run) => {
    const key = `${run.workflowId} ${run.runId}`;
    const record = known.get(key) ?? (await read(run));
    known.set(key, record);
    return record;
  };
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
