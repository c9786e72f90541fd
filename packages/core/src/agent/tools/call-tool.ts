import { WorkflowError } from '../../errors.js';
import type { Json } from '../../json.js';
import { agentTools } from './agent-tools.js';
import { isObject } from './arguments.js';
import type { ToolContext } from './tool.js';

/** A tool call as a model gives it; `invalid` holds arguments that are not JSON. */
export interface ToolCall {
  readonly name: string;
  readonly arguments: Json;
  readonly invalid?: string;
}

/** What a model is told of its call. */
export interface ToolResult {
  readonly content: string;
  readonly isError: boolean;
}

/** Calls a tool. What the model did wrong is an error result that says so; anything else is thrown. */
export const callTool = (call: ToolCall, context: ToolContext): ToolResult => {
  const tool = agentTools.find(({ name }) => name === call.name);
  if (!tool) {
    const names = agentTools.map(({ name }) => name).join(', ');
    return failure(`There is no tool "${call.name}". The tools are ${names}.`);
  }
  if (call.invalid !== undefined) return failure('The arguments are not valid JSON. Call the tool again.');
  if (!isObject(call.arguments)) return failure('The arguments must be a JSON object.');
  try {
    return { content: JSON.stringify(tool.run(call.arguments, context)), isError: false };
  } catch (error) {
    if (!WorkflowError.is(error)) throw error;
    return failure(error.message, error.details);
  }
};

const failure = (error: string, details: WorkflowError['details'] = {}): ToolResult => ({
  content: JSON.stringify({ success: false, error, ...details }),
  isError: true,
});
