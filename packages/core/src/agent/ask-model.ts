import { WorkflowError } from '../errors.js';
import type {
  LanguageModel,
  ModelEvent,
  ModelPart,
  ModelRequest,
  ModelUsage,
} from '../ports/language-model.js';
import type { ToolCall } from './tools/call-tool.js';
import { untilAborted } from './until-aborted.js';

/** Hears of what the model says while it says it. Tool calls come as start, arguments, end, each once and in this order. */
export interface AgentListener {
  text(delta: string): void;
  /** The model's message is over. */
  messageEnd(): void;
  toolCallStart(id: string, name: string): void;
  toolCallArguments(id: string, delta: string): void;
  toolCallEnd(id: string): void;
  toolCallResult(id: string, content: string): void;
}

/** One answer of the model. */
export interface ModelAnswer {
  readonly text: string;
  readonly calls: readonly (ToolCall & { readonly id: string })[];
  /** Whether it was cut at the output limit. */
  readonly cut: boolean;
  readonly usage: ModelUsage;
}

/**
 * One call of the model, listened to. Throws `WorkflowError`: the model's own, `model_failed` for whatever else it throws,
 * for a stream that ends early and for a refusal, or the signal's reason.
 */
export const askModel = async (
  model: LanguageModel,
  request: ModelRequest,
  signal: AbortSignal,
  listener: AgentListener,
): Promise<ModelAnswer> => {
  const heard = hear(listener);
  try {
    for await (const event of untilAborted(model.stream(request, signal), signal)) heard.take(event);
  } catch (error) {
    if (signal.aborted || WorkflowError.is(error)) throw error;
    throw new WorkflowError('model_failed', 'The language model failed. Send the message again.', {
      cause: error,
    });
  }
  listener.messageEnd();
  return heard.answer();
};

const hear = (listener: AgentListener) => {
  const calls: (ToolCall & { id: string })[] = [];
  const argumentsBegun = new Map<string, boolean>();
  let text = '';
  let finish: Extract<ModelEvent, { type: 'finish' }> | undefined;

  const begin = (id: string, name: string): void => {
    if (argumentsBegun.has(id)) return;
    argumentsBegun.set(id, false);
    listener.toolCallStart(id, name);
  };

  return {
    take(event: ModelEvent): void {
      switch (event.type) {
        case 'text':
          text += event.delta;
          listener.text(event.delta);
          return;
        case 'tool_call_start':
          begin(event.id, event.name);
          return;
        case 'tool_call_delta':
          if (!argumentsBegun.has(event.id)) return;
          argumentsBegun.set(event.id, true);
          listener.toolCallArguments(event.id, event.delta);
          return;
        case 'tool_call': {
          const { type: _, ...call } = event;
          begin(event.id, event.name);
          if (!argumentsBegun.get(event.id)) {
            listener.toolCallArguments(event.id, event.invalid ?? JSON.stringify(event.arguments));
          }
          listener.toolCallEnd(event.id);
          calls.push(call);
          return;
        }
        case 'finish':
          finish = event;
      }
    },
    answer(): ModelAnswer {
      if (!finish) {
        throw new WorkflowError(
          'model_failed',
          'The language model ended in the middle. Send the message again.',
        );
      }
      if (finish.reason === 'refused') {
        throw new WorkflowError(
          'model_failed',
          'The language model declined this message. Say it in other words.',
        );
      }
      return { text, calls, cut: finish.reason === 'length', usage: finish.usage };
    },
  };
};

/** The answer as the content of a message to send again; empty when it said nothing. */
export const answerParts = ({ text, calls }: ModelAnswer): readonly ModelPart[] => [
  ...(text.trim() === '' ? [] : [{ type: 'text' as const, text }]),
  ...calls.map(({ id, name, arguments: given }) => ({
    type: 'tool_call' as const,
    id,
    name,
    arguments: given,
  })),
];
