/** `@fk-workflow/core/workflow`: the workflow language, pure: no Node API, no I/O. For servers, the widget and tools alike. */
export { type CompiledTemplates, compileTemplates, isTemplate } from '../expressions/compile.js';
export type { Scope } from '../expressions/frame.js';
export type { PlacedReference, Reference } from '../expressions/references.js';
export { type InterpretRequest, interpret, type RunOutcome } from '../interpreter/interpret.js';
export type {
  ActionAnswer,
  ActionCall,
  Pending,
  Runtime,
  SecretText,
  SignalAnswer,
  SignalRequest,
  SubRunCall,
  TimerRequest,
} from '../interpreter/runtime.js';
export { subRunId, subRunInput } from '../interpreter/sub-run.js';
export { type EarlierRun, takeOver } from '../interpreter/take-over.js';
export type { Json, JsonObject, JsonSchema } from '../json.js';
export type { TakenOverStep } from '../ports/run-store.js';
export type { NodeList, SeedNode } from '../protocol/workflows.js';
export { backtest } from '../simulate/backtest.js';
export type {
  Backtest,
  BacktestOptions,
  BacktestResult,
  PastEvent,
} from '../simulate/past-event.js';
export { simulate } from '../simulate/simulate.js';
export type {
  SimulatedEffect,
  SimulatedEnding,
  SimulatedPath,
  SimulatedSubRun,
  SimulatedWait,
  SimulateOptions,
  Simulation,
  SimulationAnswers,
  SimulationLimits,
  Unknown,
} from '../simulate/simulation.js';
export type { ActionLookup, ActionSpec, Effect } from '../workflow/action-spec.js';
export { applyEdits } from '../workflow/apply-edits.js';
export { type CheckedInput, checkInput } from '../workflow/check-input.js';
export type {
  ActionStep,
  ApprovalStep,
  BranchCase,
  BranchStep,
  Compensation,
  Definition,
  DefinitionConfig,
  Duration,
  ForEachStep,
  OnError,
  ParallelStep,
  RepeatStep,
  RetryPolicy,
  SetStep,
  Step,
  StepKind,
  StopStep,
  Trigger,
  TriggerKind,
  WaitStep,
  WorkflowStep,
} from '../workflow/definition.js';
export { describeEdits } from '../workflow/diff/describe-edits.js';
export { diff } from '../workflow/diff/diff.js';
export { describeDuration, formatDuration, normalizeDuration, parseDuration } from '../workflow/duration.js';
export type { At, Edit, EditResult, ListRef, MetaEdit } from '../workflow/edit.js';
export {
  emptyHistory,
  type History,
  type HistoryEntry,
  type HistoryStep,
  historyLimit,
  record,
  redo,
  undo,
} from '../workflow/history.js';
export { definitionLimits } from '../workflow/limits.js';
export type { Conflict } from '../workflow/merge/conflict.js';
export { type MergeResult, merge } from '../workflow/merge/merge.js';
export { mermaid } from '../workflow/mermaid.js';
export { type ConvertedNodeList, fromNodeList } from '../workflow/node-list/from-node-list.js';
export { isNodeList } from '../workflow/node-list/is-node-list.js';
export { toNodeList } from '../workflow/node-list/to-node-list.js';
export { outline } from '../workflow/outline.js';
export type { Problem } from '../workflow/problem.js';
export type {
  ParentStep,
  Run,
  RunError,
  RunEvent,
  RunEventBody,
  RunEventType,
  RunStatus,
  WaitingFor,
} from '../workflow/run.js';
export { titleOf } from '../workflow/title.js';
export { type Validation, type ValidationOptions, validateDefinition } from '../workflow/validate.js';
export {
  type ChildList,
  childLists,
  findStep,
  listPointer,
  type PlacedStep,
  walkSteps,
} from '../workflow/walk.js';
export type { WorkflowLookup } from '../workflow/workflow-lookup.js';
