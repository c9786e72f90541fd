/** `npm run worker`: a Temporal worker with the demo's actions, alone in its process, until SIGTERM or SIGINT. */
import { join } from 'node:path';
import { WorkflowError } from '@fk-workflow/core';
import { createWorker } from '@fk-workflow/core/temporal/worker';
import { createFourKitesCatalog } from '@fk-workflow/fourkites-actions';
import { createSimulator } from '@fk-workflow/fourkites-actions/simulator';
import { createLogger } from '@fk-workflow/server-adapter';
import { readConfig } from './config.js';
import { taskQueue } from './parts/temporal.js';

const main = async (): Promise<void> => {
  const { temporal, dataDir, logLevel, timeScale } = readConfig(process.env);
  if (!temporal) {
    throw new WorkflowError(
      'configuration',
      'TEMPORAL_ADDRESS is not set: a worker needs a server to work for.',
    );
  }
  const { address, namespace } = temporal;
  const logger = createLogger({ level: logLevel });
  // Its own: the file of a demo belongs to the process of the demo.
  const file = join(dataDir, 'worker-simulator.jsonl');
  const simulator = createSimulator({ file, timeScale, logger });
  const catalog = createFourKitesCatalog(simulator.connectors);
  const worker = await createWorker({ address, namespace, taskQueue, catalog, logger });
  console.log(`worker: Temporal, ${address}, namespace ${namespace}`);
  const stop = async (): Promise<void> => {
    await worker.close();
    simulator.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

try {
  await main();
} catch (error) {
  console.error(WorkflowError.is(error) ? error.message : error);
  process.exitCode = 1;
}
