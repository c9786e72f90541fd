import type { Json, JsonSchema } from '../json.js';
import type { ActionLookup } from '../workflow/action-spec.js';
import type { Definition } from '../workflow/definition.js';
import type { Problem } from '../workflow/problem.js';

/** A part of a message. */
export type ModelPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_call'; readonly id: string; readonly name: string; readonly arguments: Json }
  | {
      readonly type: 'tool_result';
      readonly id: string;
      readonly content: string;
      readonly isError: boolean;
    };

/** A message to or from a model: user (text, tool results) or assistant (text, tool calls). */
export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly content: readonly ModelPart[];
}

/** A tool as the model sees it. */
export interface ModelTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema with `type: "object"` at the root. */
  readonly inputSchema: JsonSchema;
}

/** What the prompt says in prose, as data: for models that plan without reading prose. */
export interface TurnContext {
  readonly actions: ActionLookup;
  /** The draft at this call, edits of earlier tool calls of the turn included. */
  readonly draft: { readonly definition: Definition; readonly problems: readonly Problem[] } | null;
}

/** One call of a model. */
export interface ModelRequest {
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ModelTool[];
  readonly maxOutputTokens: number;
  readonly context: TurnContext;
}

/** Tokens a call used. */
export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What a model streams. A `tool_call` comes whole, after its `tool_call_delta`s; `finish` comes last and once. */
export type ModelEvent =
  | { readonly type: 'text'; readonly delta: string }
  | { readonly type: 'tool_call_start'; readonly id: string; readonly name: string }
  | { readonly type: 'tool_call_delta'; readonly id: string; readonly delta: string }
  /** `arguments` is what the JSON said; when it could not be parsed, `invalid` holds the text instead. */
  | {
      readonly type: 'tool_call';
      readonly id: string;
      readonly name: string;
      readonly arguments: Json;
      readonly invalid?: string;
    }
  | {
      readonly type: 'finish';
      readonly reason: 'stop' | 'tool_calls' | 'length' | 'refused';
      readonly usage: ModelUsage;
    };

/** A language model. */
export interface LanguageModel {
  /** For `/health` and logs, e.g. `claude-sonnet-5-5` or `offline-planner`. */
  readonly name: string;
  /**
   * Streams one answer. Aborting `signal` ends the upstream call and throws the signal's reason.
   * Throws `WorkflowError` (`model_failed`, `model_unavailable`, `timeout`); retries are its own and only before the first event.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
  /** Frees sockets and timers. */
  close?(): Promise<void>;
}
