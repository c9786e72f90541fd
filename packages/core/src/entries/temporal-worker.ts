/** `@fk-workflow/core/temporal/worker`: serves a task queue. Needs the packages `@temporalio/{worker,workflow,activity,common}`. */
export {
  type CreateWorkerOptions,
  createWorker,
  type TemporalWorker,
} from '../runtimes/temporal/worker/create-worker.js';
