import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import type { Side } from '../side.js';
import { task, temporalAddress } from '../task.js';
import * as activities from './activities.js';
import type { giveOn } from './workflow.js';

/** From the bundle of the suite, which lies in `bench/dist`. */
const workflowsPath = fileURLToPath(new URL('../temporal/by-hand/workflow.ts', import.meta.url));

const logger = new DefaultLogger('WARN');

/** The workflow's code as Temporal bundles it for production. */
export const workflowByHand = async (): Promise<string> => {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger });
  return code;
};

/**
 * The hand-written workflow, with the SDK's client and worker as they come; with `startsEagerly`, runs are started through the
 * worker's connection. A run is awaited by its result.
 */
export const sideByHand = async ({ startsEagerly = false } = {}): Promise<Side> => {
  const address = temporalAddress();
  const taskQueue = `by-hand-${randomUUID()}`;
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: { code: await workflowByHand() },
    activities,
  });
  const running = worker.run();
  const clientConnection = await Connection.connect({ address });
  const client = new Client({ connection: clientConnection });
  const starter = startsEagerly ? new Client({ connection }) : client;
  const run = async (): Promise<string> => {
    const workflowId = randomUUID();
    await starter.workflow.start<typeof giveOn>('giveOn', {
      workflowId,
      taskQueue,
      args: [task],
      requestEagerStart: startsEagerly,
    });
    await client.workflow.getHandle(workflowId).result();
    return workflowId;
  };
  return {
    client,
    run,
    async runUnwatched() {
      await run();
    },
    async close() {
      worker.shutdown();
      await running;
      await clientConnection.close();
      await connection.close();
    },
  };
};
