/** Runs and their events, as clients see them. Types only. */
import type { Json } from '../json.js';
import type { Duration } from './definition.js';

/** The state of a run; the last three are final. */
export type RunStatus = 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';

/** Why a run or a step failed. */
export interface RunError {
  readonly code: string;
  readonly message: string;
  /** The run path of the step that failed. */
  readonly path?: string;
}

/** Something an open run waits for. */
export interface WaitingFor {
  readonly kind: 'timer' | 'signal' | 'approval' | 'workflow';
  readonly path: string;
  readonly title?: string;
  readonly message?: string;
  /** The signal's name (kind `signal`). */
  readonly signal?: string;
  /** Wall-clock time (RFC 3339 UTC) at which the timer or timeout comes. */
  readonly until?: string;
  /** The sub-run (kind `workflow`): its approvals and signals are addressed at it. */
  readonly runId?: string;
}

/** The step that runs a sub-run. */
export interface ParentStep {
  readonly runId: string;
  readonly path: string;
  /** Which attempt of the step it is, from 1. */
  readonly attempt: number;
  /** Runs above the sub-run: 1 when nobody but a person started its parent. */
  readonly depth: number;
}

/** One execution of a definition at a version. */
export interface Run {
  /** Starts with `run_`. */
  readonly runId: string;
  readonly workflowId: string;
  /** 0 for an inline definition. */
  readonly version: number;
  /** For whom it runs, as the host's authentication said when it was started: a label to find it by, not a boundary. */
  readonly tenant?: string;
  readonly status: RunStatus;
  readonly input: Json;
  /** What its steps see as `trigger`, e.g. `{scheduledAt}`; absent when a person started it. */
  readonly trigger?: Json;
  readonly output?: Json;
  readonly error?: RunError;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** The run it retries, and the path it was retried from. */
  readonly retryOf?: string;
  readonly retryFrom?: string;
  /** Of a sub-run. */
  readonly parent?: ParentStep;
  readonly waitingFor?: readonly WaitingFor[];
}

/** What an event says, without its place in the log. */
export type RunEventBody =
  | { readonly type: 'run.started'; readonly path: ''; readonly input: Json }
  | { readonly type: 'run.waiting'; readonly path: '' }
  | { readonly type: 'run.succeeded'; readonly path: ''; readonly output: Json }
  | { readonly type: 'run.failed'; readonly path: ''; readonly error: RunError }
  | { readonly type: 'run.cancelled'; readonly path: ''; readonly reason?: string }
  | {
      readonly type: 'step.started';
      readonly path: string;
      readonly stepId: string;
      readonly attempt: number;
      readonly input?: Json;
    }
  | {
      readonly type: 'step.retrying';
      readonly path: string;
      readonly stepId: string;
      readonly attempt: number;
      readonly error: RunError;
      readonly delay: Duration;
    }
  | { readonly type: 'step.succeeded'; readonly path: string; readonly stepId: string; readonly output: Json }
  | { readonly type: 'step.failed'; readonly path: string; readonly stepId: string; readonly error: RunError }
  | { readonly type: 'step.skipped'; readonly path: string; readonly stepId: string; readonly reason: string }
  | {
      readonly type: 'wait.started';
      readonly path: string;
      readonly stepId: string;
      readonly duration?: Duration;
      readonly until?: string;
      readonly signal?: string;
      readonly timeout?: Duration;
    }
  | {
      readonly type: 'wait.ended';
      readonly path: string;
      readonly stepId: string;
      readonly received?: boolean;
    }
  | {
      readonly type: 'approval.requested';
      readonly path: string;
      readonly stepId: string;
      readonly title: string;
      readonly message?: string;
      readonly approvers?: readonly string[];
      readonly timeout?: Duration;
    }
  | {
      readonly type: 'approval.decided';
      readonly path: string;
      readonly stepId: string;
      readonly decision: 'approved' | 'rejected';
      readonly by: string | null;
      readonly comment: string | null;
    }
  | {
      readonly type: 'compensation.started';
      readonly path: string;
      readonly stepId: string;
      readonly action: string;
      readonly input: Json;
    }
  | { readonly type: 'compensation.succeeded'; readonly path: string; readonly stepId: string }
  | {
      readonly type: 'compensation.failed';
      readonly path: string;
      readonly stepId: string;
      readonly error: RunError;
    };

/** An event of a run: `seq` counts from 1 without gaps; `at` is RFC 3339 UTC. */
export type RunEvent = RunEventBody & { readonly seq: number; readonly at: string };

/** The types of run events. */
export type RunEventType = RunEventBody['type'];
