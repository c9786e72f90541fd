import type { RawMessageStreamEvent, StopReason } from '@anthropic-ai/sdk/resources/messages';
import { WorkflowError } from '../../errors.js';
import type { Json } from '../../json.js';
import type { ModelEvent } from '../../ports/language-model.js';

type FinishReason = Extract<ModelEvent, { type: 'finish' }>['reason'];

const finishReasons: Readonly<Record<StopReason, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'refused',
};

/**
 * The provider's stream in the port's events. Blocks that this library does not use (thinking, say) are passed over.
 * Throws `model_failed` when the stream ends before the message does: half an answer is no answer.
 */
export async function* toEvents(
  stream: AsyncIterable<RawMessageStreamEvent>,
): AsyncGenerator<ModelEvent, void, undefined> {
  const calls = new Map<number, { readonly id: string; readonly name: string; json: string }>();
  let reason: FinishReason = 'stop';
  let inputTokens = 0;
  let outputTokens = 0;

  for await (const event of stream) {
    switch (event.type) {
      case 'message_start': {
        const { usage } = event.message;
        inputTokens =
          usage.input_tokens +
          (usage.cache_creation_input_tokens ?? 0) +
          (usage.cache_read_input_tokens ?? 0);
        break;
      }
      case 'content_block_start': {
        const block = event.content_block;
        if (block.type === 'text' && block.text !== '') yield { type: 'text', delta: block.text };
        if (block.type !== 'tool_use') break;
        calls.set(event.index, { id: block.id, name: block.name, json: '' });
        yield { type: 'tool_call_start', id: block.id, name: block.name };
        break;
      }
      case 'content_block_delta': {
        const { delta } = event;
        if (delta.type === 'text_delta') yield { type: 'text', delta: delta.text };
        const call = delta.type === 'input_json_delta' ? calls.get(event.index) : undefined;
        if (delta.type !== 'input_json_delta' || !call || delta.partial_json === '') break;
        call.json += delta.partial_json;
        yield { type: 'tool_call_delta', id: call.id, delta: delta.partial_json };
        break;
      }
      case 'content_block_stop': {
        const call = calls.get(event.index);
        if (call) yield { type: 'tool_call', id: call.id, name: call.name, ...parseArguments(call.json) };
        break;
      }
      case 'message_delta':
        if (event.delta.stop_reason) reason = finishReasons[event.delta.stop_reason] ?? 'stop';
        outputTokens = event.usage.output_tokens;
        break;
      case 'message_stop':
        yield { type: 'finish', reason, usage: { inputTokens, outputTokens } };
        return;
    }
  }
  throw new WorkflowError(
    'model_failed',
    'The language model broke off in the middle. Send the message again.',
  );
}

const parseArguments = (text: string): { readonly arguments: Json; readonly invalid?: string } => {
  // A tool without arguments streams no JSON at all.
  if (text.trim() === '') return { arguments: {} };
  try {
    return { arguments: JSON.parse(text) };
  } catch {
    // Not an error here: the agent tells the model that its JSON is broken.
    return { arguments: {}, invalid: text };
  }
};
