/** `@fk-workflow/core/temporal`: runs on a Temporal server. Needs the packages `@temporalio/client` and `@temporalio/common`. */
export {
  type ConnectTemporalOptions,
  connectTemporal,
  type TemporalConnection,
} from '../runtimes/temporal/client/connect-temporal.js';
export {
  createTemporalOrchestrator,
  type TemporalOrchestratorOptions,
} from '../runtimes/temporal/client/create-temporal-orchestrator.js';
export { memoryRunArchive } from '../stores/memory-run-archive.js';
