import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { TemporalWorld } from './temporal-world.js';

/** All that Temporal keeps of a run, its payloads as text. */
export const historyText = async ({ connection }: TemporalWorld, runId: string): Promise<string> => {
  const history = await connection.client.workflow.getHandle(runId).fetchHistory();
  return historyToJSON(history).replaceAll(/"data":\s*"([^"]*)"/g, (_, data: string) =>
    Buffer.from(data, 'base64').toString(),
  );
};
