/**
 * The events of a turn: the AG-UI 1.0 events this server sends, with its field names.
 * A test holds them to the schemas of `@ag-ui/core`.
 */
import type { Draft } from './chat.js';

/** The state a client mirrors: `revision` 0 and `definition` null while nothing is drafted. */
export type DraftState =
  | Draft
  | { readonly definition: null; readonly revision: 0; readonly problems: readonly [] };

/** One operation of an RFC 6902 patch. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly value?: unknown;
  readonly from?: string;
}

/** An event of a turn. Always `RUN_STARTED` first and exactly one `RUN_FINISHED` or `RUN_ERROR` last. */
export type TurnEvent =
  | { readonly type: 'RUN_STARTED'; readonly threadId: string; readonly runId: string }
  | { readonly type: 'TEXT_MESSAGE_START'; readonly messageId: string; readonly role: 'assistant' }
  | { readonly type: 'TEXT_MESSAGE_CONTENT'; readonly messageId: string; readonly delta: string }
  | { readonly type: 'TEXT_MESSAGE_END'; readonly messageId: string }
  | {
      readonly type: 'TOOL_CALL_START';
      readonly toolCallId: string;
      readonly toolCallName: string;
      readonly parentMessageId?: string;
    }
  | { readonly type: 'TOOL_CALL_ARGS'; readonly toolCallId: string; readonly delta: string }
  | { readonly type: 'TOOL_CALL_END'; readonly toolCallId: string }
  | {
      readonly type: 'TOOL_CALL_RESULT';
      readonly messageId: string;
      readonly toolCallId: string;
      readonly content: string;
      readonly role: 'tool';
    }
  | { readonly type: 'STATE_SNAPSHOT'; readonly snapshot: DraftState }
  /** The first operation is `test /revision`. Sent only after the draft is saved. */
  | { readonly type: 'STATE_DELTA'; readonly delta: readonly PatchOperation[] }
  | {
      readonly type: 'RUN_FINISHED';
      readonly threadId: string;
      readonly runId: string;
      /** The same body as the JSON answer of the turn. */
      readonly result?: unknown;
      readonly outcome: { readonly type: 'success' } | { readonly type: 'cancelled' };
    }
  | { readonly type: 'RUN_ERROR'; readonly message: string; readonly code: string };

/** An event with its place in the turn's log: `id` is `{turnId}:{seq}`, seq from 1. */
export interface LoggedTurnEvent {
  readonly id: string;
  readonly event: TurnEvent;
}
