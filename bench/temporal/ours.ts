import { randomUUID } from 'node:crypto';
import {
  type Action,
  createCatalog,
  createWorkflowBuilder,
  type Definition,
  defineAction,
  type Json,
  type Logger,
} from '@fk-workflow/core';
import { connectTemporal, createTemporalOrchestrator } from '@fk-workflow/core/temporal';
import { createWorker } from '@fk-workflow/core/temporal/worker';
import { z } from 'zod';
import type { Side } from './side.js';
import { task, temporalAddress } from './task.js';

const nothing = (): void => undefined;

/** Keeps errors only. */
export const quietLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: (fields, message) => console.error(message, fields),
};

const fields = z.object({ id: z.string(), document: z.object({ status: z.string(), eta: z.string() }) });

const giveOn = (effect: 'read' | 'write'): Action =>
  defineAction({
    id: effect,
    name: effect,
    description: 'Gives on what it takes.',
    category: 'Bench',
    effect,
    input: fields,
    output: fields,
    timeout: 'PT10S',
    handler: async (input) => input,
  });

/** The actions `read` and `write`, which give back their input. */
export const catalog = createCatalog([giveOn('read'), giveOn('write')]);

/**
 * A host over the built package, in the way the guide sets it up, with the definition saved. A run is started through the
 * builder and observed to its end.
 */
export const ourSide = async (definition: Definition): Promise<Side> => {
  const address = temporalAddress();
  const taskQueue = `ours-${randomUUID()}`;
  const logger = quietLogger;
  const connection = await connectTemporal({ address, logger });
  const worker = await createWorker({ address, taskQueue, catalog, logger });
  const orchestrator = createTemporalOrchestrator({
    connection,
    catalog,
    taskQueues: [taskQueue],
    workers: [worker],
    logger,
  });
  const builder = createWorkflowBuilder({ catalog, orchestrator, logger });
  await builder.start();
  await builder.workflows.create(definition);
  const input: Json = { id: task.id, document: { ...task.document } };
  const { signal } = new AbortController();
  return {
    client: connection.client,
    async run() {
      const { runId } = await builder.runs.start(definition.id, { input });
      for await (const event of builder.runs.observe(runId, 0, signal)) {
        if (event.type === 'run.succeeded') return runId;
        if (event.type === 'run.failed') throw new Error(`The run failed: ${event.error.message}`);
      }
      throw new Error('The run has no end.');
    },
    async runUnwatched() {
      const { runId } = await builder.runs.start(definition.id, { input });
      await connection.client.workflow.getHandle(runId).result();
    },
    async close() {
      await worker.close();
      await builder.close();
      await connection.close();
    },
  };
};
