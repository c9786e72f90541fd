import type { Session } from '../ports/session-store.js';
import type { Draft, SessionMessage, SessionView } from '../protocol/chat.js';
import { shownMarkdown } from './shown-markdown.js';

/** A session as its owner sees it. */
export const sessionView = (
  session: Session,
  draft: Draft | null,
  runningTurn: string | undefined,
): SessionView => ({
  session_id: session.id,
  messages: session.turns.flatMap(({ turnId, message, reply, at }): readonly SessionMessage[] => [
    { role: 'user', content: shownMarkdown(message), at, turn_id: turnId },
    ...(reply === undefined
      ? []
      : [{ role: 'assistant' as const, content: shownMarkdown(reply), at, turn_id: turnId }]),
  ]),
  draft,
  ...(runningTurn === undefined ? {} : { turn: { turn_id: runningTurn, status: 'running' } }),
});
