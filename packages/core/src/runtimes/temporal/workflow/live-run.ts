import { workflowInfo } from '@temporalio/workflow';
import type { RunOutcome } from '../../../interpreter/outcome.js';
import type { Runtime } from '../../../interpreter/runtime.js';
import type { JournalEntry } from '../../../ports/run-store.js';
import type { RunEvent, RunStatus } from '../../../workflow/run.js';
import { requireDecision } from '../../common/decision.js';
import { isHeardBefore } from '../../common/heard-before.js';
import { createJournaledRuntime } from '../../common/journaled-runtime.js';
import { notAwaited, runHasEnded } from '../../common/run-errors.js';
import type { RunArguments, RunView, SignalMessage } from '../common/contract.js';
import { createEffects } from './create-effects.js';
import { doNothing, inMicrotasks } from './microtasks.js';
import { fitsPayload } from './sizes.js';

/** A run under way in a workflow. */
export interface LiveRun {
  readonly events: readonly RunEvent[];
  /** The answers so far: what a fresh history starts from. */
  readonly journal: readonly JournalEntry[];
  /** Resolves when the run has to go on with a fresh history; no activity is under way then. */
  readonly historyIsLong: Promise<'history is long'>;
  /** Interprets the run to its end. */
  run(interpretOver: (runtime: Runtime) => Promise<RunOutcome>): Promise<RunOutcome>;
  view(): RunView;
  /** RFC 3339: when the last answer came that the run acted on. */
  at(): string;
  /** Throws `conflict` or `invalid_request` when the run does not take the signal. */
  requireSignal(message: SignalMessage): void;
  signal(message: SignalMessage): void;
  cancel(reason: string | null): void;
}

/**
 * Makes a {@link LiveRun}. Answers reach the interpreter one at a time in the order of the history, through the same
 * runtime as embedded; `onStatus` hears of `running` and `waiting` in turn, and of `cancelled`, which Temporal calls completed.
 */
export const createLiveRun = (args: RunArguments, onStatus: (status: RunStatus) => void): LiveRun => {
  const { runId } = args.run;
  const events: RunEvent[] = [];
  const journal: JournalEntry[] = [...(args.journal ?? [])];
  const inbox: JournalEntry[] = [];
  const decided = new Set<string>();
  /** Signals that came in this history under a key. */
  const keyed = new Map<string, SignalMessage>();
  let status: RunStatus = 'running';
  let shown: RunStatus = 'running';
  let pumping = true;
  let cancelled = journal.some(({ kind }) => kind === 'cancel');
  let startAfresh: () => void;
  const historyIsLong = new Promise<'history is long'>((resolve) => {
    startAfresh = () => resolve('history is long');
  });

  const journaled = createJournaledRuntime(args, args.timeScale, (event) => {
    if (isFinal(status)) return;
    events.push(event);
    status = statusAfter(event);
  });

  const post = (entry: JournalEntry): void => {
    inbox.push(entry);
    if (pumping) return;
    pumping = true;
    pump();
  };
  const effects = createEffects(args, post);

  const beginCalls = (): void => effects.begin(journaled.waitingFor().length === 0);

  const mayStartAfresh = (): boolean => args.storesLarge || fitsPayload({ ...args, journal });

  /** One answer after the other. See {@link inMicrotasks} for why it is not written with `await`. */
  const pump = (): void => {
    const entry = inbox.shift();
    if (!entry) {
      rest();
      return;
    }
    if (workflowInfo().continueAsNewSuggested && mayStartAfresh()) effects.hold();
    journal.push(entry);
    const goOn = (): void => {
      beginCalls();
      pump();
    };
    inMicrotasks(() => journaled.deliver(entry), doNothing, goOn);
  };

  const rest = (): void => {
    pumping = false;
    showStatus();
    if (effects.isHolding() && effects.underWay() === 0 && !isFinal(status)) startAfresh();
  };

  const showStatus = (): void => {
    if (status === shown || status === 'succeeded' || status === 'failed') return;
    shown = status;
    onStatus(status);
  };

  const heard = ({ key }: SignalMessage): Pick<SignalMessage, 'name' | 'payload'> | undefined =>
    key === undefined ? undefined : (keyed.get(key) ?? journaled.heard(key));

  return {
    events,
    journal,
    historyIsLong,
    async run(interpretOver) {
      const outcome = interpretOver(journaled.runtime);
      for (const entry of args.journal ?? []) journaled.deliver(entry);
      shown = args.journal ? status : shown;
      journaled.perform(effects);
      beginCalls();
      pump();
      const ended = await outcome;
      await effects.settled();
      return ended;
    },
    view: () => ({ status, waitingFor: isFinal(status) ? [] : journaled.waitingFor() }),
    at: journaled.at,
    requireSignal(message) {
      const { name, payload } = message;
      if (isHeardBefore(heard(message), message)) return undefined;
      if (isFinal(status)) throw runHasEnded(runId);
      if (journaled.asks(name) && !decided.has(name)) return requireDecision(payload);
      if (!journaled.takes(name)) throw notAwaited(runId, name);
    },
    signal(message) {
      if (heard(message)) return;
      if (message.key !== undefined) keyed.set(message.key, message);
      if (journaled.asks(message.name)) decided.add(message.name);
      effects.renew();
      post({ kind: 'signal', ...message, at: Date.now() });
    },
    cancel(reason) {
      if (cancelled || isFinal(status)) return;
      cancelled = true;
      effects.renew();
      post({ kind: 'cancel', reason, at: Date.now() });
    },
  };
};

const isFinal = (status: RunStatus): boolean => status !== 'running' && status !== 'waiting';

const statusAfter = ({ type }: RunEvent): RunStatus => {
  switch (type) {
    case 'run.waiting':
      return 'waiting';
    case 'run.succeeded':
      return 'succeeded';
    case 'run.failed':
      return 'failed';
    case 'run.cancelled':
      return 'cancelled';
    default:
      return 'running';
  }
};
