import { keptTurns } from '../agent/history.js';
import { type AgentOutcome, runAgent } from '../agent/run-agent.js';
import type { WorkingDraft } from '../agent/working-draft.js';
import type { Limits } from '../builder.js';
import type { LanguageModel } from '../ports/language-model.js';
import type { Logger } from '../ports/logger.js';
import type { StoredTurn } from '../ports/session-store.js';
import type { ChatAnswer, Draft } from '../protocol/chat.js';
import type { ActionLookup } from '../workflow/action-spec.js';
import { detectedFrom, isComplete } from './answer.js';
import { toCards } from './cards/to-cards.js';
import { stateOf } from './draft-state.js';
import type { HeldSession } from './held-session.js';
import { shownMarkdown } from './shown-markdown.js';
import type { TurnWriter } from './turn-writer.js';

/** What a turn has in hand when it starts. */
export interface TurnWork {
  readonly held: HeldSession;
  /** As it is saved already, without a reply. */
  readonly stored: StoredTurn;
  /** The turns before it. */
  readonly earlier: readonly StoredTurn[];
  /** With the hand edits. */
  readonly draft: WorkingDraft;
  /** The draft as it is saved. */
  readonly before: Draft | null;
  /** Set when the message is an attack. */
  readonly warning: string | undefined;
}

/** What a turn works with. */
export interface TurnDeps {
  readonly catalog: ActionLookup;
  readonly model: LanguageModel;
  readonly logger: Logger;
  readonly limits: Limits;
}

/** One turn from its first event to its last; on failure the caller writes the last one. Releases the session when it ends well. */
export const runTurn = async (
  deps: TurnDeps,
  work: TurnWork,
  writer: TurnWriter,
  signal: AbortSignal,
): Promise<ChatAnswer> => {
  const { held, stored, earlier, before, warning } = work;
  writer.started(stateOf(before));
  const outcome = warning === undefined ? await agentTurn(deps, work, writer, signal) : refuse(writer);
  const after = draftAfter(work);
  const changed = after !== before;
  const reply = writer.endReply(changed && outcome.questions.length === 0 && isComplete(after));
  const cards = after && changed ? toCards(after.definition, deps.catalog) : null;

  signal.throwIfAborted();
  await held.save({
    ...held.session,
    turns: keptTurns([...earlier, { ...stored, reply, transcript: outcome.transcript }]),
    draft: after && { definition: after.definition, revision: after.revision },
    sentCards: cards ?? held.session.sentCards,
  });
  // Before anyone hears of the end, so that the next message finds the session free.
  await held.release();

  const answer: ChatAnswer = {
    status: warning === undefined ? 'success' : 'blocked',
    session_id: held.session.id,
    turn_id: stored.turnId,
    agent_response: shownMarkdown(reply),
    tool_calls_made: outcome.toolCalls,
    ...detectedFrom(after, deps.catalog),
    updated_steps: cards,
    ...(warning === undefined ? {} : { security_warning: warning }),
    draft: after,
    ...(outcome.questions.length > 0 ? { questions: outcome.questions } : {}),
  };
  if (changed) writer.stateChanged(stateOf(before), stateOf(after));
  writer.finished(answer);
  return answer;
};

type Outcome = Pick<AgentOutcome, 'toolCalls' | 'questions' | 'transcript'>;

const agentTurn = async (
  { catalog, model, logger, limits }: TurnDeps,
  { held, stored, earlier, draft }: TurnWork,
  listener: TurnWriter,
  signal: AbortSignal,
): Promise<Outcome> => {
  const outcome = await runAgent({
    model,
    actions: catalog,
    message: stored.message,
    turns: earlier,
    documents: held.session.documents ?? [],
    draft,
    maxModelCalls: limits.modelCallsPerTurn,
    signal,
    listener,
  });
  const { usage, modelCalls, toolCalls } = outcome;
  logger.info({ turnId: stored.turnId, model: model.name, modelCalls, toolCalls, ...usage }, 'A turn ended.');
  return outcome;
};

/** A blocked message never reaches the model, not even as history. */
const refuse = (writer: TurnWriter): Outcome => {
  writer.text(
    'I cannot do that: I only draft and change workflows. Tell me what should happen with your shipments, mails or documents.',
  );
  return { toolCalls: 0, questions: [], transcript: [] };
};

/** The draft to save: the one before, as it is, when the turn left it alone. */
const draftAfter = ({ draft, before }: TurnWork): Draft | null => {
  const current = draft.current();
  return current && draft.changed() ? { ...current, revision: (before?.revision ?? 0) + 1 } : before;
};
