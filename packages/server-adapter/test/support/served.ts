import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import {
  actionFailure,
  type Catalog,
  createCatalog,
  createWorkflowBuilder,
  defineAction,
  type Orchestrator,
  type WorkflowBuilder,
} from '@fk-workflow/core';
import { connectTemporal, createTemporalOrchestrator } from '@fk-workflow/core/temporal';
import { createWorker } from '@fk-workflow/core/temporal/worker';
import { z } from 'zod';
import { workflowCode } from '../../../core/test/runtimes/temporal/support/workflow-code.js';
import { createHandler } from '../../src/handler.js';
import { createLogger } from '../../src/logger.js';
import { toNodeListener } from '../../src/node.js';

/** The real server on a real socket. */
export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

const logger = createLogger({ level: 'silent' });

const anything = z.object({}).loose();

/** `put` (write), `look` (read, a local activity on Temporal), `refuse` (fails for good). */
const catalog: Catalog = createCatalog([
  defineAction({
    id: 'put',
    name: 'Put',
    description: 'Puts something.',
    category: 'Test',
    effect: 'write',
    input: anything,
    output: z.any(),
    handler: async (input) => input,
  }),
  defineAction({
    id: 'look',
    name: 'Look',
    description: 'Looks.',
    category: 'Test',
    effect: 'read',
    timeout: 'PT5S',
    input: anything,
    output: z.any(),
    handler: async () => ({ seen: true }),
  }),
  defineAction({
    id: 'refuse',
    name: 'Refuse',
    description: 'Fails.',
    category: 'Test',
    effect: 'write',
    input: anything,
    output: z.any(),
    handler: async () => {
      throw actionFailure('refused', 'It is refused.', { retryable: false });
    },
  }),
]);

/** Serves a builder of its own over the runtime; every caller is Ann of Acme. */
const serve = async (
  orchestratorOver?: (saved: Pick<WorkflowBuilder['workflows'], 'get'>) => Orchestrator,
): Promise<Served> => {
  const builder: WorkflowBuilder = createWorkflowBuilder({
    catalog,
    logger,
    allowInlineDefinitions: true,
    ...(orchestratorOver
      ? { orchestrator: orchestratorOver({ get: (id, version) => builder.workflows.get(id, version) }) }
      : {}),
  });
  await builder.start();
  const handler = createHandler(builder, {
    authenticate: async ({ headers }) =>
      headers.get('authorization') === 'Bearer ann' ? { principal: 'ann', tenant: 'acme' } : null,
  });
  const server = createServer(toNodeListener(handler));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      await builder.close(0);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Serves runs that run in this process. */
export const serveEmbedded = (): Promise<Served> => serve();

/** Serves runs that run on the Temporal server at `address`, with a worker in this process. */
export const serveTemporal = async (address: string): Promise<Served> => {
  const taskQueue = `test-${randomUUID()}`;
  const connection = await connectTemporal({ address, logger });
  const worker = await createWorker({
    address,
    taskQueue,
    catalog,
    logger,
    graceMs: 200,
    workflowBundle: { codePath: await workflowCode() },
  });
  while (!worker.ready()) await new Promise((resolve) => setTimeout(resolve, 25));
  const served = await serve((workflows) =>
    createTemporalOrchestrator({ connection, catalog, workflows, taskQueues: [taskQueue], logger }),
  );
  return {
    url: served.url,
    async close() {
      await served.close();
      await worker.close();
      await connection.close();
    },
  };
};
