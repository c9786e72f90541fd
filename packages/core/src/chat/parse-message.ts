import type { Limits } from '../builder.js';
import { WorkflowError } from '../errors.js';
import type { ChatRequest } from '../protocol/chat.js';
import type { ActionLookup } from '../workflow/action-spec.js';
import { type GivenCard, readCards } from './cards/read-cards.js';

/** A message that is well-formed. */
export interface ParsedMessage {
  readonly sessionId: string;
  /** Trimmed. */
  readonly text: string;
  /** The page's copy of the steps, when it sent one. */
  readonly cards: readonly GivenCard[] | undefined;
}

/** Checks a request. Throws `invalid_request` with a sentence that names the field. */
export const parseMessage = (
  { session_id, message, current_workflow }: ChatRequest,
  actions: ActionLookup,
  limits: Pick<Limits, 'messageLength' | 'steps'>,
): ParsedMessage => {
  requireSessionId(session_id);
  const text = message.trim();
  // Characters are Unicode code points, so that an emoji counts once.
  const length = [...text].length;
  if (length < 1 || length > limits.messageLength) {
    throw new WorkflowError(
      'invalid_request',
      `message must have 1 to ${limits.messageLength} characters; this one has ${length}.`,
    );
  }
  return {
    sessionId: session_id,
    text,
    cards:
      typeof current_workflow === 'string' ? readCards(current_workflow, actions, limits.steps) : undefined,
  };
};

/** Throws `invalid_request` for a session id that is not 1 to 100 of `[A-Za-z0-9_-]`. */
export const requireSessionId = (id: string): void => {
  if (/^[A-Za-z0-9_-]{1,100}$/.test(id)) return;
  throw new WorkflowError('invalid_request', 'session_id must be 1 to 100 of A-Z, a-z, 0-9, _ and -.');
};
