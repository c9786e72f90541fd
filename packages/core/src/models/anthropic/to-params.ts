import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
  Tool,
} from '@anthropic-ai/sdk/resources/messages';
import type { ModelMessage, ModelPart, ModelRequest, ModelTool } from '../../ports/language-model.js';

/** Marks the end of what stays the same over the calls of a turn: everything before it is read from the prompt cache. */
const cached = { cache_control: { type: 'ephemeral' } } as const;

/** The request in the provider's terms. System prompt, tools and the last message end a cacheable prefix each. */
export const toParams = (request: ModelRequest, model: string): MessageCreateParamsStreaming => ({
  model,
  max_tokens: request.maxOutputTokens,
  stream: true,
  system: [{ type: 'text', text: request.system, ...cached }],
  tools: request.tools.map((tool, index) => toolOf(tool, index === request.tools.length - 1)),
  messages: request.messages.map((message, index) =>
    messageOf(message, index === request.messages.length - 1),
  ),
});

const toolOf = ({ name, description, inputSchema }: ModelTool, last: boolean): Tool => ({
  name,
  description,
  input_schema: { ...inputSchema, type: 'object' },
  ...(last ? cached : {}),
});

const messageOf = ({ role, content }: ModelMessage, last: boolean): MessageParam => ({
  role,
  content: content.map((part, index) => blockOf(part, last && index === content.length - 1)),
});

const blockOf = (part: ModelPart, last: boolean): ContentBlockParam => {
  const cache = last ? cached : {};
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text, ...cache };
    case 'tool_call':
      return { type: 'tool_use', id: part.id, name: part.name, input: part.arguments, ...cache };
    case 'tool_result':
      return {
        type: 'tool_result',
        tool_use_id: part.id,
        content: part.content,
        is_error: part.isError,
        ...cache,
      };
  }
};
