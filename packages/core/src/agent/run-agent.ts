import type { LanguageModel, ModelMessage, ModelPart, ModelUsage } from '../ports/language-model.js';
import type { StoredTurn } from '../ports/session-store.js';
import type { ActionLookup } from '../workflow/action-spec.js';
import { outline } from '../workflow/outline.js';
import { type AgentListener, answerParts, askModel } from './ask-model.js';
import { historyWindow } from './history.js';
import { systemPrompt } from './prompt.js';
import { agentTools } from './tools/agent-tools.js';
import { callTool } from './tools/call-tool.js';
import type { WorkingDraft } from './working-draft.js';

/** Tokens of one answer: enough for a definition of some hundred steps. */
const maxOutputTokens = 8192;

/** What the agent works with in one turn. */
export interface AgentRequest {
  readonly model: LanguageModel;
  readonly actions: ActionLookup;
  readonly message: string;
  /** Earlier turns, oldest first. */
  readonly turns: readonly StoredTurn[];
  readonly documents: readonly { readonly name: string; readonly text: string }[];
  /** Is changed by the tools. */
  readonly draft: WorkingDraft;
  readonly maxModelCalls: number;
  readonly signal: AbortSignal;
  readonly listener: AgentListener;
}

/** What came of it, besides the draft. */
export interface AgentOutcome {
  readonly toolCalls: number;
  readonly modelCalls: number;
  /** What is open, when the agent asked. */
  readonly questions: readonly string[];
  /** The messages of this turn, to be sent again as history. */
  readonly transcript: readonly ModelMessage[];
  readonly usage: ModelUsage;
}

/**
 * The loop: the model answers, its tool calls are done and answered, until it calls none any more or has had
 * `maxModelCalls`. Every turn ends with words to the person. Throws the model's `WorkflowError` or the signal's reason.
 */
export const runAgent = async (request: AgentRequest): Promise<AgentOutcome> => {
  const { model, actions, draft, documents, signal, listener } = request;
  const transcript: ModelMessage[] = [textMessage('user', request.message)];
  const system = systemPrompt({ actions, documents, draft: draft.current() });
  const history = historyWindow(request.turns);
  let questions: readonly string[] = [];
  let toolCalls = 0;
  let usage: ModelUsage = { inputTokens: 0, outputTokens: 0 };
  const tools = {
    actions,
    draft,
    documents,
    ask: (asked: readonly string[]) => {
      questions = asked;
    },
  };

  const say = (text: string): void => {
    listener.text(text);
    listener.messageEnd();
    transcript.push(textMessage('assistant', text));
  };
  const outcome = (modelCalls: number): AgentOutcome => ({
    toolCalls,
    modelCalls,
    questions,
    transcript,
    usage,
  });

  for (let call = 1; call <= request.maxModelCalls; call++) {
    const answer = await askModel(
      model,
      {
        system,
        messages: [...history, ...transcript],
        tools: agentTools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
        maxOutputTokens,
        context: { actions, draft: draft.current() },
      },
      signal,
      listener,
    );
    usage = add(usage, answer.usage);
    const parts = answerParts(answer);
    if (parts.length > 0) transcript.push({ role: 'assistant', content: parts });
    if (answer.calls.length === 0) {
      if (answer.cut) say('This answer was cut at its length limit. Send “continue” to go on.');
      else if (answer.text.trim() === '') say(closingWords(questions, draft, actions));
      return outcome(call);
    }
    const results = answer.calls.map((toolCall): ModelPart => {
      signal.throwIfAborted();
      toolCalls += 1;
      const result = callTool(toolCall, tools);
      listener.toolCallResult(toolCall.id, result.content);
      return { type: 'tool_result', id: toolCall.id, ...result };
    });
    transcript.push({ role: 'user', content: results });
  }
  say(
    `I stopped after ${request.maxModelCalls} steps of work in one turn; what is done so far is in the draft. Send “continue” to go on.`,
  );
  return outcome(request.maxModelCalls);
};

const textMessage = (role: ModelMessage['role'], text: string): ModelMessage => ({
  role,
  content: [{ type: 'text', text }],
});

const add = (a: ModelUsage, b: ModelUsage): ModelUsage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
});

/** For a model that stops without a word. */
const closingWords = (questions: readonly string[], draft: WorkingDraft, actions: ActionLookup): string => {
  if (questions.length > 0) {
    return `I need to know:\n\n${questions.map((question) => `- ${question}`).join('\n')}`;
  }
  const current = draft.current();
  return current && draft.changed()
    ? `The workflow is now:\n\n${outline(current.definition, actions)}`
    : 'Tell me what the workflow should do, or what to change.';
};
