/** `@fk-workflow/core/protocol`: the wire, for servers and clients. No dependency, no Node API. */
export type { Json, JsonObject, JsonSchema } from '../json.js';
export type {
  ChatAnswer,
  ChatRequest,
  Draft,
  SessionMessage,
  SessionView,
  StepCard,
} from '../protocol/chat.js';
export type { ProblemDetails } from '../protocol/problem-details.js';
export { readSse, type SseMessage, sseFrame, sseHeartbeat } from '../protocol/sse.js';
export type { DraftState, LoggedTurnEvent, PatchOperation, TurnEvent } from '../protocol/turn-events.js';
export type {
  ActionListing,
  ActionsAnswer,
  ExecuteAnswer,
  HealthAnswer,
  NodeList,
  Page,
  RunEventsAnswer,
  SavedWorkflow,
  SeedNode,
  ValidateAnswer,
} from '../protocol/workflows.js';
export type { Effect } from '../workflow/action-spec.js';
export type { Definition, Step, StepKind, Trigger } from '../workflow/definition.js';
export type { Problem } from '../workflow/problem.js';
export type { Run, RunError, RunEvent, RunEventType, RunStatus, WaitingFor } from '../workflow/run.js';
