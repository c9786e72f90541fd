import type { RunError, RunEvent, RunStatus } from '@fk-workflow/core/protocol';

/** Where a step of a run stands; in loops, its latest round. */
export interface StepView {
  readonly state:
    | 'running'
    | 'retrying'
    | 'waiting'
    | 'succeeded'
    | 'failed'
    | 'skipped'
    /** Under way when the run ended. */
    | 'stopped'
    | 'compensating'
    | 'compensated'
    /** Could not be undone. */
    | 'uncompensated';
  readonly path: string;
  readonly attempt: number;
  readonly error?: RunError;
  /** Of a branch that has decided: the list it took, `cases/0` or `otherwise`; null when none. */
  readonly lane?: string | null;
}

/** An approval that is being asked for. */
export interface OpenApproval {
  readonly path: string;
  readonly stepId: string;
  readonly title: string;
  readonly message?: string;
}

/** A run as far as its events tell. */
export interface RunView {
  readonly status: RunStatus;
  readonly error?: RunError;
  readonly steps: ReadonlyMap<string, StepView>;
  readonly approvals: readonly OpenApproval[];
  readonly events: readonly RunEvent[];
}

/** The view before the first event. */
export const emptyRunView: RunView = { status: 'running', steps: new Map(), approvals: [], events: [] };

/** The view after one more event. */
export const addRunEvent = (view: RunView, event: RunEvent): RunView => ({
  ...view,
  ...statusAfter(view, event),
  steps: stepsAfter(view.steps, event),
  approvals: approvalsAfter(view.approvals, event),
  events: [...view.events, event],
});

const statusAfter = (view: RunView, event: RunEvent): Pick<RunView, 'status' | 'error'> => {
  switch (event.type) {
    case 'run.waiting':
      return { status: 'waiting' };
    case 'run.succeeded':
      return { status: 'succeeded' };
    case 'run.failed':
      return { status: 'failed', error: event.error };
    case 'run.cancelled':
      return { status: 'cancelled' };
    default:
      return { status: view.status === 'waiting' ? 'running' : view.status };
  }
};

const stepsAfter = (steps: RunView['steps'], event: RunEvent): RunView['steps'] => {
  if (event.type === 'run.failed' || event.type === 'run.cancelled') return stopOpen(steps);
  if (!('stepId' in event)) return steps;
  const { stepId, path } = event;
  const old = steps.get(stepId);
  const next = (state: StepView['state'], more: Partial<StepView> = {}): RunView['steps'] =>
    new Map(steps).set(stepId, { path, attempt: old?.attempt ?? 1, state, ...more });
  switch (event.type) {
    case 'step.started':
      return next('running', { attempt: event.attempt });
    case 'step.retrying':
      return next('retrying', { attempt: event.attempt, error: event.error });
    case 'step.succeeded':
      return next('succeeded', laneTaken(event.output));
    case 'step.failed':
      return next('failed', { error: event.error });
    case 'step.skipped':
      return next('skipped');
    case 'wait.started':
    case 'approval.requested':
      return next('waiting');
    case 'wait.ended':
    case 'approval.decided':
      return next('running');
    case 'compensation.started':
      return next('compensating');
    case 'compensation.succeeded':
      return next('compensated');
    case 'compensation.failed':
      return next('uncompensated', { error: event.error });
    default:
      return steps;
  }
};

const openStates: ReadonlySet<StepView['state']> = new Set(['running', 'retrying', 'waiting']);

/** No event tells how a step ends that its run left behind. */
const stopOpen = (steps: RunView['steps']): RunView['steps'] =>
  new Map(
    [...steps].map(([id, step]) => [id, openStates.has(step.state) ? { ...step, state: 'stopped' } : step]),
  );

/** A branch's output is `{case}`: an index, `"otherwise"` or null. */
const laneTaken = (output: unknown): Pick<StepView, 'lane'> => {
  if (typeof output !== 'object' || output === null || !('case' in output)) return {};
  if (typeof output.case === 'number') return { lane: `cases/${output.case}` };
  return output.case === 'otherwise' || output.case === null ? { lane: 'otherwise' } : {};
};

const approvalsAfter = (open: RunView['approvals'], event: RunEvent): RunView['approvals'] => {
  switch (event.type) {
    case 'approval.requested': {
      const { path, stepId, title, message } = event;
      return [...open, { path, stepId, title, ...(message === undefined ? {} : { message }) }];
    }
    case 'approval.decided':
    case 'step.failed':
    case 'step.succeeded':
      return open.filter(({ path }) => path !== event.path);
    case 'run.succeeded':
    case 'run.failed':
    case 'run.cancelled':
      return [];
    default:
      return open;
  }
};

/** Whether nothing more will happen. */
export const isEnded = (status: RunStatus): boolean =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled';
