import type { RunArguments, ScheduledArguments } from '../common/contract.js';
import type { TemporalConnection } from './connect-temporal.js';
import { grpcStatus, grpcStatusOf } from './grpc-status.js';

/**
 * What a history of a run was started with; the last one's without `runId`. No worker is needed. Undefined when it is gone.
 */
export const readArguments = async (
  connection: TemporalConnection,
  { workflowId, runId }: { readonly workflowId: string; readonly runId?: string },
): Promise<RunArguments | ScheduledArguments | undefined> => {
  const { client, namespace } = connection;
  // The client hands out whole histories only; what a run was started with stands in the first event.
  const {
    decodeFromPayloadsAtIndex,
    extstoreInboundOptions,
    visit,
    walkGetWorkflowExecutionHistoryResponse,
  } = await import('@temporalio/common/lib/internal-non-workflow/index.js');
  const converter = client.workflow.options.loadedDataConverter;
  return connection.call(async () => {
    try {
      const response = await client.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution: { workflowId, ...(runId === undefined ? {} : { runId }) },
        maximumPageSize: 1,
      });
      await visit(
        response,
        walkGetWorkflowExecutionHistoryResponse,
        extstoreInboundOptions(converter.externalStorage),
      );
      const started = response.history?.events?.[0]?.workflowExecutionStartedEventAttributes;
      return await decodeFromPayloadsAtIndex(converter, 0, started?.input?.payloads, {
        type: 'workflow',
        namespace,
        workflowId,
      });
    } catch (error) {
      if (grpcStatusOf(error) === grpcStatus.notFound) return undefined;
      throw error;
    }
  });
};
