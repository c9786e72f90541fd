/** `@fk-workflow/core/testing`: conformance suites for own stores, locks and limiters, and stand-ins for tests. */
export type { ConformanceCase } from '../testing/conformance-case.js';
export { manualClock } from '../testing/manual-clock.js';
export {
  type RateLimiterConformanceOptions,
  rateLimiterConformance,
} from '../testing/rate-limiter-conformance.js';
export {
  type RunArchiveConformanceOptions,
  runArchiveConformance,
} from '../testing/run-archive-conformance.js';
export { type RunStoreConformanceOptions, runStoreConformance } from '../testing/run-store-conformance.js';
export { type ScriptedModel, scriptedModel } from '../testing/scripted-model.js';
export {
  type SessionLockConformanceOptions,
  sessionLockConformance,
} from '../testing/session-lock-conformance.js';
export {
  type SessionStoreConformanceOptions,
  sessionStoreConformance,
} from '../testing/session-store-conformance.js';
export {
  type WorkflowStoreConformanceOptions,
  workflowStoreConformance,
} from '../testing/workflow-store-conformance.js';
