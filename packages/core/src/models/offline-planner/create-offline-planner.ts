import type { LanguageModel, ModelEvent, ModelRequest } from '../../ports/language-model.js';
import type { ActionLookup } from '../../workflow/action-spec.js';
import { answer } from './answer.js';
import { readConversation } from './conversation.js';
import { type Decision, decide } from './decide.js';
import { type ActionIndex, indexActions } from './matching/match-actions.js';

/** Longest message that is planned, in characters; the rest is not read. */
const longestMessage = 5000;
const usage = { inputTokens: 0, outputTokens: 0 };

/**
 * A planner behind the model port that needs no key and no network: it matches the clauses of a message against the
 * catalog by rules. The same conversation always gets the same answer. English only; it uses no tokens.
 *
 * @example
 * const model = createOfflinePlanner();
 */
export const createOfflinePlanner = (): LanguageModel => {
  const indexes = new WeakMap<ActionLookup, ActionIndex>();
  const indexOf = (actions: ActionLookup): ActionIndex => {
    const known = indexes.get(actions) ?? indexActions(actions);
    indexes.set(actions, known);
    return known;
  };
  return {
    name: 'offline-planner',
    async *stream(request, signal) {
      signal.throwIfAborted();
      for (const event of eventsOf(react(request, indexOf(request.context.actions)), request)) {
        signal.throwIfAborted();
        yield event;
      }
    },
  };
};

const react = ({ messages, context }: ModelRequest, index: ActionIndex): Decision => {
  const read = readConversation(messages);
  const conversation = { ...read, text: read.text.slice(0, longestMessage) };
  return conversation.done.length > 0
    ? answer(conversation, context, index)
    : decide(conversation, context, index);
};

/** Deltas of a line each: a reply appears as it would from a language model. */
function* eventsOf(decision: Decision, { messages }: ModelRequest): Generator<ModelEvent> {
  if (decision.kind === 'say') {
    for (const delta of decision.text.split(/(?<=\n)/)) yield { type: 'text', delta };
    yield { type: 'finish', reason: 'stop', usage };
    return;
  }
  for (const [index, { name, arguments: given }] of decision.calls.entries()) {
    // Unique in the conversation without a random source: messages only grow.
    const id = `call_${messages.length}_${index + 1}`;
    yield { type: 'tool_call_start', id, name };
    yield { type: 'tool_call_delta', id, delta: JSON.stringify(given) };
    yield { type: 'tool_call', id, name, arguments: given };
  }
  yield { type: 'finish', reason: 'tool_calls', usage };
}
