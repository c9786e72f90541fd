import type { Json } from '../../json.js';
import type { ModelMessage } from '../../ports/language-model.js';

/** A tool call of this turn with its result. */
export interface DoneCall {
  readonly name: string;
  readonly arguments: Json;
  /** The result, parsed; its text when it is no JSON. */
  readonly result: unknown;
  readonly failed: boolean;
}

/** What the planner reads of a conversation. */
export interface Conversation {
  /** The person's newest message. */
  readonly text: string;
  /** Calls made since then. */
  readonly done: readonly DoneCall[];
  /** The message before, when the planner answered it with questions. */
  readonly askedAbout: string | undefined;
}

const textOf = ({ content }: ModelMessage): string =>
  content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');

const isSaid = (message: ModelMessage): boolean =>
  message.role === 'user' && message.content.every(({ type }) => type === 'text');

/** Reads the newest message, what was done about it, and whether it answers a question. */
export const readConversation = (messages: readonly ModelMessage[]): Conversation => {
  const at = messages.findLastIndex(isSaid);
  const message = messages[at];
  const earlier = messages.slice(0, Math.max(at, 0));
  const before = earlier.findLastIndex(isSaid);
  const asked = earlier
    .slice(before + 1)
    .some(({ content }) =>
      content.some((part) => part.type === 'tool_call' && part.name === 'generate_clarifying_questions'),
    );
  const previous = earlier[before];
  return {
    text: message ? textOf(message) : '',
    done: doneCalls(messages.slice(at + 1)),
    askedAbout: asked && previous ? textOf(previous) : undefined,
  };
};

const doneCalls = (messages: readonly ModelMessage[]): readonly DoneCall[] => {
  const parts = messages.flatMap(({ content }) => content);
  return parts.flatMap((part) => {
    if (part.type !== 'tool_call') return [];
    const result = parts.find((other) => other.type === 'tool_result' && other.id === part.id);
    if (result?.type !== 'tool_result') return [];
    return [
      { name: part.name, arguments: part.arguments, result: parsed(result.content), failed: result.isError },
    ];
  });
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // A host's own tool may answer plain text.
    return text;
  }
};
