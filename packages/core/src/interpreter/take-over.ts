import { WorkflowError } from '../errors.js';
import type { TakenOverStep } from '../ports/run-store.js';
import type { Definition, Step } from '../workflow/definition.js';
import type { RunEvent } from '../workflow/run.js';
import { walkSteps } from '../workflow/walk.js';

/** An ended run that is to be retried. */
export interface EarlierRun {
  readonly runId: string;
  readonly definition: Definition;
  readonly events: readonly RunEvent[];
  /** What it took over itself. */
  readonly takenOver: readonly TakenOverStep[];
}

/** Paths that are listed when `from` is none of them. */
const listedPaths = 100;

/**
 * What a run that retries `earlier` from the step at `from` takes over. Steps that ended before `from` began are not run
 * again; those the run has undone are. Keys stay with the calls whose effect stands or is in doubt: of steps that are
 * reused and of steps that failed. Throws `invalid_request` (details `{paths}`) when the run never came to `from`.
 */
export const takeOver = (earlier: EarlierRun, from: string): readonly TakenOverStep[] => {
  const { definition, events } = earlier;
  const cut = events.findIndex((event) => event.path === from && begins(event));
  if (cut < 0) throw notReached(earlier, from);

  const steps = new Map([...walkSteps(definition.steps)].map(({ step }) => [step.id, step]));
  const before = new Map(earlier.takenOver.map((step) => [step.path, step]));
  const undone = new Set(
    events.flatMap(({ type, path }) => (type === 'compensation.succeeded' ? [path] : [])),
  );
  const keyOf = (path: string): string => before.get(path)?.key ?? `${earlier.runId}/${path}`;

  const taken = new Map<string, TakenOverStep>();
  for (const [index, event] of events.entries()) {
    const step = 'stepId' in event ? steps.get(event.stepId) : undefined;
    const { path } = event;
    if (!step || !effectful.has(step.kind) || undone.has(path)) continue;
    const kept = { path, key: keyOf(path) };
    const ended = endOf(event, step, before);
    if (index < cut && ended) taken.set(path, { ...kept, ended });
    else if (event.type === 'step.failed') taken.set(path, kept);
  }
  return [...taken.values()];
};

/** How a step ended, when the run went on after it. */
const endOf = (
  event: RunEvent,
  step: Step,
  before: ReadonlyMap<string, TakenOverStep>,
): TakenOverStep['ended'] => {
  if (event.type === 'step.skipped') return before.get(event.path)?.ended;
  if (event.type === 'step.succeeded') return { output: event.output };
  if (event.type !== 'step.failed' || event.error.code === 'cancelled') return undefined;
  const recovers = 'onError' in step && step.onError !== undefined && step.onError !== 'fail';
  return recovers ? { error: event.error } : undefined;
};

/** The kinds that ask something of the world; all others are worked out again. */
const effectful: ReadonlySet<Step['kind']> = new Set(['action', 'workflow', 'wait', 'approval']);

const begins = ({ type }: RunEvent): boolean => type === 'step.started' || type === 'step.skipped';

const notReached = ({ runId, definition, events }: EarlierRun, from: string): WorkflowError => {
  const paths = [...new Set(events.filter(begins).map(({ path }) => path))].slice(0, listedPaths);
  const id = from.slice(from.lastIndexOf('/') + 1);
  const exists = [...walkSteps(definition.steps)].some(({ step }) => step.id === id);
  const reason = exists ? `The run "${runId}" never came to "${from}".` : `There is no step "${from}".`;
  const choice = paths.length === 0 ? 'It came to no step.' : `Retry from one of: ${paths.join(', ')}.`;
  return new WorkflowError('invalid_request', `${reason} ${choice}`, { details: { paths } });
};
