/** `@fk-workflow/core`: what a backend needs. Vendor libraries stand behind subpaths and are not loaded from here. */
export type {
  Caller,
  ChatApi,
  Hook,
  Limits,
  OnceOptions,
  RunsApi,
  SimulateRequest,
  SkippedWorkflow,
  TriggersApi,
  Turn,
  WorkflowBuilder,
  WorkflowBuilderOptions,
  WorkflowsApi,
} from './builder.js';
export {
  type Action,
  type ActionContext,
  type ActionOptions,
  actionFailure,
  defineAction,
} from './catalog/action.js';
export { type Catalog, createCatalog } from './catalog/catalog.js';
export { createWorkflowBuilder } from './create-workflow-builder.js';
export { type ErrorCode, errorKinds, WorkflowError } from './errors.js';
export type { Json, JsonObject, JsonSchema } from './json.js';
export type { Clock } from './ports/clock.js';
export type { LanguageModel } from './ports/language-model.js';
export type { Logger } from './ports/logger.js';
export type { Orchestrator } from './ports/orchestrator.js';
export type { RateDecision, RateLimiter } from './ports/rate-limiter.js';
export type { RunArchive } from './ports/run-archive.js';
export type { RunStore } from './ports/run-store.js';
export type { Scheduler } from './ports/scheduler.js';
export type { SecretResolver } from './ports/secret-resolver.js';
export type { SessionLock } from './ports/session-lock.js';
export type { SessionStore } from './ports/session-store.js';
export type { WorkflowStore } from './ports/workflow-store.js';
export type { ActionSpec, Effect } from './workflow/action-spec.js';
export type { Definition, Step, StepKind, Trigger } from './workflow/definition.js';
export type { Problem } from './workflow/problem.js';
export type { Run, RunEvent, RunStatus } from './workflow/run.js';
