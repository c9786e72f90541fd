import type { Client } from '@temporalio/client';

/** One way to do the task: a client and a worker of its own in this process, on a task queue of its own. */
export interface Side {
  readonly client: Client;
  /** Starts a run and resolves when a host that follows it has seen its end. Answers the workflow's id. Throws when it fails. */
  run(): Promise<string>;
  /** The same, awaited by nothing but Temporal's result. */
  runUnwatched(): Promise<void>;
  close(): Promise<void>;
}

/** The events of a workflow's history. Throws when it went on with a fresh history, whose events would be missing here. */
export const eventCount = async (client: Client, workflowId: string): Promise<number> => {
  const { events = [] } = await client.workflow.getHandle(workflowId).fetchHistory();
  if (events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId) {
    throw new Error('This is not its first history.');
  }
  return events?.length ?? 0;
};
