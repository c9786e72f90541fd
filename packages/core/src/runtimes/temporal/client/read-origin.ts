import type { RunOrigin } from '../../../ports/run-archive.js';
import { takenOverIn } from '../../common/taken-over-in.js';
import type { RunArguments, ScheduledArguments } from '../common/contract.js';
import type { TemporalConnection } from './connect-temporal.js';
import { grpcStatus, grpcStatusOf } from './grpc-status.js';
import type { Described } from './run-rows.js';

/** What a run was started with, from its history: no worker is needed. Undefined when its history is gone. */
export const readOrigin = async (
  connection: TemporalConnection,
  { workflowId, runId, taskQueue }: Described,
): Promise<RunOrigin | undefined> => {
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
        execution: { workflowId, runId },
        maximumPageSize: 1,
      });
      await visit(
        response,
        walkGetWorkflowExecutionHistoryResponse,
        extstoreInboundOptions(converter.externalStorage),
      );
      const started = response.history?.events?.[0]?.workflowExecutionStartedEventAttributes;
      const args = await decodeFromPayloadsAtIndex<RunArguments | ScheduledArguments>(
        converter,
        0,
        started?.input?.payloads,
        { type: 'workflow', namespace, workflowId },
      );
      const takenOver = 'run' in args ? takenOverIn(args.run, args.journal ?? []) : undefined;
      return { definition: args.definition, takenOver: takenOver ?? [], taskQueue };
    } catch (error) {
      if (grpcStatusOf(error) === grpcStatus.notFound) return undefined;
      throw error;
    }
  });
};
