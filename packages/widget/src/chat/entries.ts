import type { SessionMessage, TurnEvent } from '@fk-workflow/core/protocol';

/** A line of the conversation as it is shown. */
export type ChatEntry =
  | {
      readonly kind: 'message';
      readonly role: 'user' | 'assistant';
      readonly id: string;
      readonly text: string;
    }
  /** Something the assistant did on the way. */
  | { readonly kind: 'tool'; readonly id: string; readonly name: string; readonly done: boolean }
  /** A failure in the first version's words, with a way on. */
  | { readonly kind: 'error'; readonly id: string; readonly text: string }
  /** A remark of the page itself. */
  | { readonly kind: 'note'; readonly id: string; readonly text: string };

/** The entries of a session that was read from the server. */
export const entriesOf = (messages: readonly SessionMessage[]): readonly ChatEntry[] =>
  messages.map(({ role, content, turn_id }) => ({
    kind: 'message',
    role,
    id: `${turn_id}:${role}`,
    text: content,
  }));

/**
 * The entries of a turn after one more of its events. `RUN_STARTED` comes a second time only when a retried message
 * became a new turn, so it drops what the lost one had said.
 */
export const addTurnEvent = (entries: readonly ChatEntry[], event: TurnEvent): readonly ChatEntry[] => {
  switch (event.type) {
    case 'RUN_STARTED':
      return [];
    case 'TEXT_MESSAGE_START':
      return [...entries, { kind: 'message', role: 'assistant', id: event.messageId, text: '' }];
    case 'TEXT_MESSAGE_CONTENT':
      return entries.map((entry) =>
        entry.kind === 'message' && entry.id === event.messageId
          ? { ...entry, text: entry.text + event.delta }
          : entry,
      );
    case 'TOOL_CALL_START':
      return [...entries, { kind: 'tool', id: event.toolCallId, name: event.toolCallName, done: false }];
    case 'TOOL_CALL_RESULT':
      return entries.map((entry) =>
        entry.kind === 'tool' && entry.id === event.toolCallId ? { ...entry, done: true } : entry,
      );
    case 'RUN_FINISHED':
    case 'RUN_ERROR':
      return entries
        .filter((entry) => entry.kind !== 'message' || entry.text !== '')
        .map((entry) => (entry.kind === 'tool' ? { ...entry, done: true } : entry));
    default:
      return entries;
  }
};

/** What the person reads when a message did not get through; the sentence of the first version. */
export const connectionError = (message: string): string =>
  `⚠️ **Connection Error**\n\n${
    message || 'Unable to reach the AI service. Please check your connection and try again.'
  }\n\nYou can try again or refresh the page.`;
