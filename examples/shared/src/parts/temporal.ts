import type { Catalog, Logger, RunArchive, WorkflowBuilderOptions, WorkflowStore } from '@fk-workflow/core';
import { connectTemporal, createTemporalOrchestrator } from '@fk-workflow/core/temporal';
import { createWorker } from '@fk-workflow/core/temporal/worker';
import type { Config } from '../config.js';
import { nothingToClose, type Part } from './part.js';

/** The first version's queue, which its page names in what it executes. */
export const taskQueue = 'fourkites-workflow-queue';

/** What is needed to run workflows elsewhere than in this process. */
interface Needs {
  readonly catalog: Catalog;
  readonly workflows?: WorkflowStore;
  /** Keeps ended runs for longer than Temporal does. */
  readonly archive?: RunArchive;
  readonly logger: Logger;
}

/** Where workflows run: on Temporal when it has an address, also while it is down; else in this process. */
export const chooseTemporal = async (
  { temporal, timeScale }: Pick<Config, 'temporal' | 'timeScale'>,
  { catalog, workflows, archive, logger }: Needs,
): Promise<Part<Pick<WorkflowBuilderOptions, 'orchestrator' | 'monitorUrl'>>> => {
  if (!temporal) {
    return { ports: {}, line: 'runs: in this process (no TEMPORAL_ADDRESS)', close: nothingToClose };
  }
  const { address, namespace, uiUrl } = temporal;
  const connection = await connectTemporal({ address, namespace, logger });
  const worker = await createWorker({ address, namespace, taskQueue, catalog, logger });
  const orchestrator = createTemporalOrchestrator({
    connection,
    catalog,
    taskQueues: [taskQueue],
    workers: [worker],
    logger,
    timeScale,
    ...(workflows ? { workflows } : {}),
    ...(archive ? { archive } : {}),
  });
  const away = connection.status() === 'disconnected' ? ' (not reached: no run starts until it is)' : '';
  return {
    ports: {
      orchestrator,
      ...(uiUrl ? { monitorUrl: (runId: string) => runPage(uiUrl, namespace, runId) } : {}),
    },
    line: `runs: Temporal, ${address}, namespace ${namespace}, with a worker in this process${away}`,
    async close() {
      await worker.close();
      await connection.close();
    },
  };
};

/** The page of a run in Temporal's UI. */
const runPage = (uiUrl: string, namespace: string, runId: string): string =>
  `${uiUrl.replace(/\/$/, '')}/namespaces/${namespace}/workflows/${encodeURIComponent(runId)}`;
