import {
  ApplicationFailure,
  CancellationScope,
  defineQuery,
  defineSignal,
  defineUpdate,
  log,
  makeContinueAsNewFunc,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { WorkflowError } from '../../../errors.js';
import { interpret } from '../../../interpreter/interpret.js';
import type { RunOutcome } from '../../../interpreter/outcome.js';
import type { Runtime } from '../../../interpreter/runtime.js';
import type { TakenOverStep } from '../../../ports/run-store.js';
import type { ActionLookup } from '../../../workflow/action-spec.js';
import type { RunError, RunEvent } from '../../../workflow/run.js';
import { takenOverIn } from '../../common/taken-over-in.js';
import {
  type EventsPage,
  memoOf,
  messages,
  type RunArguments,
  type RunRecord,
  type RunView,
  type ScheduledArguments,
  type SignalMessage,
  searchAttributes,
} from '../common/contract.js';
import { beginScheduled } from './begin-scheduled.js';
import { withBoundedOutput } from './bounded-output.js';
import { knownDefinition } from './known-definitions.js';
import { createLiveRun } from './live-run.js';
import { eventPart, eventsPage, fitsPayload } from './sizes.js';

/**
 * The one workflow: interprets a definition over Temporal's primitives. Its result is how the run ended, with its events;
 * a failed run fails with our code, and with the same as its detail.
 */
export async function workflowRun(given: RunArguments | ScheduledArguments): Promise<RunRecord> {
  const { args, error } = 'run' in given ? { args: given } : await beginScheduled(given);
  const live = createLiveRun(args, showStatus(args));
  setHandler(defineQuery<RunView>(messages.view), live.view);
  setHandler(defineQuery<EventsPage, [number]>(messages.events), (after) => eventsPage(live.events, after));
  setHandler(defineQuery<string, [number, number]>(messages.eventPart), (after, part) =>
    eventPart(live.events, after, part),
  );
  setHandler(defineUpdate<void, [SignalMessage]>(messages.signal), live.signal, {
    validator: (message) => refusing(() => live.requireSignal(message)),
  });
  setHandler(defineSignal<[string | null]>(messages.cancel), live.cancel);
  // Cancelled in the Temporal UI: the same as through our API, without a reason.
  CancellationScope.current().cancelRequested.catch(() => live.cancel(null));

  const end = await Promise.race([
    live.run((runtime) => outcomeOf(args, error, runtime)),
    live.historyIsLong,
  ]);
  if (end === 'history is long') {
    // Left out, it is the one that the run was started with: of a scheduled run, the one without an input.
    const goOn = makeContinueAsNewFunc<typeof workflowRun>({ memo: memoOf(args.run) });
    return goOn({ ...args, journal: live.journal });
  }
  const record = recordOf(end, live.at(), live.events, args);
  if (end.status !== 'failed') return record;
  throw ApplicationFailure.create({
    message: end.error.message,
    type: end.error.code,
    nonRetryable: true,
    details: [record],
  });
}

const showStatus =
  ({ showsStatus }: RunArguments) =>
  (status: string): void => {
    if (showsStatus) upsertSearchAttributes({ [searchAttributes.status]: [status] });
  };

/** Never rejects: a bug fails the run with code `internal`, as it does embedded. */
const outcomeOf = async (
  args: RunArguments,
  misfit: RunError | undefined,
  runtime: Runtime,
): Promise<RunOutcome> => {
  if (misfit) return failAtOnce(args, misfit, runtime);
  const { run, actions } = args;
  const takenOver = takenOverOf(args);
  try {
    const { input, trigger = null } = run;
    const definition = knownDefinition(args.definition);
    const request = { definition, input, trigger, actions: lookup(actions), takenOver };
    if (args.storesLarge) return await interpret(request, runtime);
    return await withBoundedOutput(runtime, (bounded) => interpret(request, bounded));
  } catch (error) {
    log.error('A run broke because of a bug.', { runId: run.runId, error });
    const failure = { code: 'internal', message: 'The run could not go on. The log of the server says why.' };
    runtime.emit({ type: 'run.failed', path: '', error: failure });
    return { status: 'failed', error: failure };
  }
};

const failAtOnce = ({ run }: RunArguments, error: RunError, runtime: Runtime): RunOutcome => {
  runtime.emit({ type: 'run.started', path: '', input: run.input });
  runtime.emit({ type: 'run.failed', path: '', error });
  return { status: 'failed', error };
};

const takenOverOf = ({ run, journal = [] }: RunArguments): readonly TakenOverStep[] =>
  takenOverIn(run, journal) ?? [];

const lookup = (actions: RunArguments['actions']): ActionLookup => ({
  get: (id) => (Object.hasOwn(actions, id) ? actions[id] : undefined),
  all: () => Object.values(actions),
});

/** With its events, if there is room for them. */
const recordOf = (
  outcome: RunOutcome,
  endedAt: string,
  events: readonly RunEvent[],
  { storesLarge }: RunArguments,
): RunRecord => {
  const whole = { ...endOf(outcome, endedAt), events };
  if (storesLarge || fitsPayload(whole)) return whole;
  const { events: _, ...bare } = whole;
  return bare;
};

const endOf = (outcome: RunOutcome, endedAt: string): RunRecord => {
  switch (outcome.status) {
    case 'succeeded':
      return { status: outcome.status, output: outcome.output, endedAt };
    case 'failed':
      return { status: outcome.status, error: outcome.error, endedAt };
    case 'cancelled':
      return { status: outcome.status, endedAt };
  }
};

/** A refusal goes to the sender with our code, and leaves no trace in the history. */
const refusing = (check: () => void): void => {
  try {
    check();
  } catch (error) {
    if (!WorkflowError.is(error)) throw error;
    throw ApplicationFailure.nonRetryable(error.message, error.code);
  }
};
