import {
  ApplicationFailure,
  CancellationScope,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  log,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { WorkflowError } from '../../../errors.js';
import { interpret } from '../../../interpreter/interpret.js';
import type { RunOutcome } from '../../../interpreter/outcome.js';
import type { Runtime } from '../../../interpreter/runtime.js';
import type { TakenOverStep } from '../../../ports/run-store.js';
import type { ActionLookup } from '../../../workflow/action-spec.js';
import type { RunEvent } from '../../../workflow/run.js';
import { takenOverIn } from '../../common/taken-over-in.js';
import {
  type EventsPage,
  messages,
  type RunArguments,
  type RunOrigin,
  type RunRecord,
  type RunView,
  type SignalMessage,
  searchAttributes,
} from '../common/contract.js';
import { createLiveRun } from './live-run.js';
import { eventsPage, fitsPayload } from './sizes.js';

/**
 * The one workflow: interprets a definition over Temporal's primitives. Its result is how the run ended, with its events;
 * a failed run fails with our code, and with the same as its detail.
 */
export async function workflowRun(args: RunArguments): Promise<RunRecord> {
  const live = createLiveRun(args, showStatus(args));
  setHandler(defineQuery<RunView>(messages.view), live.view);
  setHandler(defineQuery<EventsPage, [number]>(messages.events), (after) => eventsPage(live.events, after));
  setHandler(defineQuery<RunOrigin>(messages.origin), () => ({
    definition: args.definition,
    takenOver: takenOverOf(args),
  }));
  setHandler(defineUpdate<void, [SignalMessage]>(messages.signal), live.signal, {
    validator: (message) => refusing(() => live.requireSignal(message)),
  });
  setHandler(defineSignal<[string | null]>(messages.cancel), live.cancel);
  // Cancelled in the Temporal UI: the same as through our API, without a reason.
  CancellationScope.current().cancelRequested.catch(() => live.cancel(null));

  const end = await Promise.race([live.run((runtime) => outcomeOf(args, runtime)), live.historyIsLong]);
  if (end === 'history is long') return continueAsNew<typeof workflowRun>({ ...args, journal: live.journal });
  const record = recordOf(end, live.at(), live.events);
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
const outcomeOf = async (args: RunArguments, runtime: Runtime): Promise<RunOutcome> => {
  const { definition, run, actions } = args;
  const takenOver = takenOverOf(args);
  try {
    return await interpret({ definition, input: run.input, actions: lookup(actions), takenOver }, runtime);
  } catch (error) {
    log.error('A run broke because of a bug.', { runId: run.runId, error });
    const failure = { code: 'internal', message: 'The run could not go on. The log of the server says why.' };
    runtime.emit({ type: 'run.failed', path: '', error: failure });
    return { status: 'failed', error: failure };
  }
};

const takenOverOf = ({ run, journal = [] }: RunArguments): readonly TakenOverStep[] =>
  takenOverIn(run, journal) ?? [];

const lookup = (actions: RunArguments['actions']): ActionLookup => ({
  get: (id) => (Object.hasOwn(actions, id) ? actions[id] : undefined),
  all: () => Object.values(actions),
});

const recordOf = (outcome: RunOutcome, endedAt: string, events: readonly RunEvent[]): RunRecord => {
  const kept = fitsPayload(events) ? { events } : {};
  switch (outcome.status) {
    case 'succeeded':
      return { status: outcome.status, output: outcome.output, endedAt, ...kept };
    case 'failed':
      return { status: outcome.status, error: outcome.error, endedAt, ...kept };
    case 'cancelled':
      return { status: outcome.status, endedAt, ...kept };
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
