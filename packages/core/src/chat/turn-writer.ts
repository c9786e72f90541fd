import type { AgentListener } from '../agent/ask-model.js';
import type { WorkflowError } from '../errors.js';
import type { ChatAnswer } from '../protocol/chat.js';
import type { DraftState } from '../protocol/turn-events.js';
import { approvalQuestion, questionFilter } from './approval-question.js';
import { stateDelta } from './draft-state.js';
import type { TurnLog } from './turn-log.js';

/** Writes the events of one turn in a valid order: everything that is opened is closed before the turn ends. */
export interface TurnWriter extends AgentListener {
  started(state: DraftState): void;
  /** Closes the reply, with the approval question or without; answers all that was said, as one text. */
  endReply(askApproval: boolean): string;
  stateChanged(before: DraftState, after: DraftState): void;
  finished(answer: ChatAnswer): void;
  failed(error: WorkflowError): void;
}

/** The writer of turn `runId` in session `threadId`. */
export const turnWriter = (log: TurnLog, threadId: string, runId: string): TurnWriter => {
  const said: string[] = [];
  /** Our id of each tool call that is open or waits for its result: a model's own ids may repeat. */
  const calls = new Map<string, string>();
  const openCalls = new Set<string>();
  let counter = 0;
  let messageId: string | undefined;
  /** The model's message is over, but its event stays open: the approval question may still belong to it. */
  let over = false;
  let filter = questionFilter();

  const newId = (what: string): string => {
    counter += 1;
    return `${runId}-${what}-${counter}`;
  };
  const closeMessage = (): void => {
    if (messageId !== undefined) log.append({ type: 'TEXT_MESSAGE_END', messageId });
    messageId = undefined;
    over = false;
  };
  const show = (delta: string): void => {
    if (over) closeMessage();
    if (messageId === undefined) {
      // Blanks alone are no message.
      if (delta.trim() === '') return;
      messageId = newId('message');
      said.push('');
      log.append({ type: 'TEXT_MESSAGE_START', messageId, role: 'assistant' });
    }
    if (delta === '') return;
    said.push((said.pop() ?? '') + delta);
    log.append({ type: 'TEXT_MESSAGE_CONTENT', messageId, delta });
  };
  const messageEnd = (): void => {
    const rest = filter.rest().trimEnd();
    filter = questionFilter();
    if (rest !== '') show(rest);
    if (messageId !== undefined) over = true;
  };
  const endCall = (id: string): void => {
    openCalls.delete(id);
    log.append({ type: 'TOOL_CALL_END', toolCallId: id });
  };
  const closeAll = (): void => {
    closeMessage();
    for (const id of openCalls) endCall(id);
  };

  return {
    started(state) {
      log.append({ type: 'RUN_STARTED', threadId, runId });
      log.append({ type: 'STATE_SNAPSHOT', snapshot: state });
    },
    text: (delta) => {
      const visible = filter.take(delta);
      if (visible !== '') show(visible);
    },
    messageEnd,
    toolCallStart(id, toolCallName) {
      messageEnd();
      closeMessage();
      const toolCallId = newId('call');
      calls.set(id, toolCallId);
      openCalls.add(toolCallId);
      log.append({ type: 'TOOL_CALL_START', toolCallId, toolCallName });
    },
    toolCallArguments(id, delta) {
      log.append({ type: 'TOOL_CALL_ARGS', toolCallId: calls.get(id) ?? id, delta });
    },
    toolCallEnd: (id) => endCall(calls.get(id) ?? id),
    toolCallResult(id, content) {
      log.append({
        type: 'TOOL_CALL_RESULT',
        messageId: newId('result'),
        toolCallId: calls.get(id) ?? id,
        content,
        role: 'tool',
      });
    },
    endReply(askApproval) {
      messageEnd();
      if (askApproval) {
        over = false;
        show(messageId === undefined ? approvalQuestion : `\n\n${approvalQuestion}`);
      }
      closeMessage();
      return said.map((text) => text.trim()).join('\n\n');
    },
    stateChanged(before, after) {
      log.append({ type: 'STATE_DELTA', delta: stateDelta(before, after) });
    },
    finished(answer) {
      log.append({ type: 'RUN_FINISHED', threadId, runId, result: answer, outcome: { type: 'success' } });
      log.end();
    },
    failed({ message, code }) {
      closeAll();
      log.append({ type: 'RUN_ERROR', message, code });
      log.end();
    },
  };
};
