import { workingDraft } from '../agent/working-draft.js';
import type { Caller, Limits, Turn } from '../builder.js';
import { WorkflowError } from '../errors.js';
import type { LanguageModel } from '../ports/language-model.js';
import type { Session, StoredTurn } from '../ports/session-store.js';
import type { ChatAnswer } from '../protocol/chat.js';
import type { ActionLookup } from '../workflow/action-spec.js';
import type { TriggerKind } from '../workflow/definition.js';
import { applyCards } from './cards/apply-cards.js';
import { draftOf } from './draft-state.js';
import { findAttack } from './find-attack.js';
import { type HoldDeps, holdSession } from './held-session.js';
import type { ParsedMessage } from './parse-message.js';
import { runTurn, type TurnWork } from './run-turn.js';
import { turnLog } from './turn-log.js';
import { turnWriter } from './turn-writer.js';

/** What the way of a message needs. */
export interface MessageDeps extends HoldDeps {
  readonly catalog: ActionLookup;
  readonly model: LanguageModel;
  readonly newId: (prefix: 'turn') => string;
  readonly limits: Limits;
  /** See `ValidationOptions.triggers`. */
  readonly triggers?: ReadonlySet<TriggerKind>;
}

/** A turn that can be ended from outside. */
export interface StoppableTurn extends Turn {
  readonly sessionId: string;
  /** Aborts the model and ends the turn with `error`, unless it is being saved already. */
  stop(error: WorkflowError): void;
}

/**
 * The way of a message. It is well-formed (`parseMessage`) and within its client's limit. From here:
 * block check -> lock + load -> hand edits -> the message is saved -> agent loop on a working draft -> draft and reply
 * are saved in one write -> events and the answer. The model's text is live; the draft's events come after the save.
 *
 * Answers once the message is saved; the turn then goes on by itself. Whatever ends it early leaves the message without
 * a reply, the draft as it was and the session free.
 * Throws `not_found`, `turn_running`, `invalid_definition` and what the store throws.
 */
export const handleMessage = async (
  deps: MessageDeps,
  message: ParsedMessage,
  caller: Caller,
): Promise<StoppableTurn> => {
  const { sessionId, text } = message;
  const turnId = deps.newId('turn');
  const abort = new AbortController();
  const warning = findAttack(text);
  const held = await holdSession(deps, {
    sessionId,
    turnId,
    caller,
    onLost: (error) => abort.abort(error),
  });
  try {
    const { session } = held;
    const draft = workingDraft(session.draft?.definition ?? null, {
      actions: deps.catalog,
      limits: deps.limits,
      triggers: deps.triggers,
    });
    const before = draftOf(session.draft, draft.current());
    if (warning === undefined && message.cards) applyCards(message.cards, session, draft, deps.catalog);
    const stored: StoredTurn = {
      turnId,
      message: text,
      at: new Date(deps.clock.now()).toISOString(),
      transcript: [],
    };
    const earlier = earlierTurns(session, text);
    await held.save({ ...session, turns: [...earlier, stored] });
    return startTurn(deps, { held, stored, earlier, draft, before, warning }, abort, caller);
  } catch (error) {
    await held.release();
    throw error;
  }
};

/** A message that is sent again after it failed takes the failed one's place. */
const earlierTurns = ({ turns }: Session, text: string): readonly StoredTurn[] => {
  const last = turns.at(-1);
  return last && last.reply === undefined && last.message === text ? turns.slice(0, -1) : turns;
};

const startTurn = (
  deps: MessageDeps,
  work: TurnWork,
  abort: AbortController,
  caller: Caller,
): StoppableTurn => {
  const { turnTimeoutMs } = deps.limits;
  const { turnId } = work.stored;
  const sessionId = work.held.session.id;
  const log = turnLog(turnId);
  const writer = turnWriter(log, sessionId, turnId);
  const cancelDeadline = deps.clock.after(turnTimeoutMs, () => abort.abort(tooSlow(turnTimeoutMs)));

  const run = async (): Promise<ChatAnswer> => {
    try {
      return await runTurn(deps, work, writer, abort.signal);
    } catch (thrown) {
      const error = typed(thrown);
      await work.held.release();
      writer.failed(error);
      const fields = { err: thrown, code: error.code, turnId, sessionId, requestId: caller.requestId };
      deps.logger[error.status >= 500 ? 'error' : 'warn'](fields, 'A turn failed.');
      throw error;
    } finally {
      cancelDeadline();
    }
  };
  const answer = run();
  // The log tells of a failure whoever listens; nobody has to wait for the answer.
  answer.catch(() => undefined);
  return {
    turnId,
    sessionId,
    answer,
    events: (after) => log.events(after),
    stop: (error) => abort.abort(error),
  };
};

const tooSlow = (ms: number): WorkflowError =>
  new WorkflowError(
    'timeout',
    `The answer took longer than ${ms / 1000} seconds and was stopped; nothing was changed. Send the message again.`,
  );

const typed = (error: unknown): WorkflowError =>
  WorkflowError.is(error)
    ? error
    : new WorkflowError('internal', 'Something went wrong on the server; nothing was changed.', {
        cause: error,
      });
