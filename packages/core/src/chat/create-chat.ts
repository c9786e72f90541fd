import { checkSaved } from '../agent/working-draft.js';
import type { Caller, ChatApi } from '../builder.js';
import { WorkflowError } from '../errors.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { Session } from '../ports/session-store.js';
import type { Draft } from '../protocol/chat.js';
import { toNodeList } from '../workflow/node-list/to-node-list.js';
import { draftOf } from './draft-state.js';
import { handleMessage, type MessageDeps, type StoppableTurn } from './handle-message.js';
import { loadOwned, noSession } from './held-session.js';
import { parseMessage, requireSessionId } from './parse-message.js';
import { rememberedTurns } from './remembered-turns.js';
import { sessionView } from './session-view.js';

/** What {@link createChat} needs. */
export interface ChatDeps extends MessageDeps {
  readonly limiter: RateLimiter;
}

/** Chat over the given ports. */
export const createChat = (
  deps: ChatDeps,
): ChatApi & {
  /** Takes no new message, lets running turns end within `graceMs` and ends the rest as `interrupted`. */
  close(graceMs: number): Promise<void>;
} => {
  const { sessions, locks, catalog, limits, triggers, clock } = deps;
  const remembered = rememberedTurns();
  const running = new Set<StoppableTurn>();
  let closed = false;

  const start = async (...message: Parameters<typeof handleMessage>): Promise<StoppableTurn> => {
    const turn = await handleMessage(...message);
    running.add(turn);
    const ended = (): unknown => running.delete(turn);
    turn.answer.then(ended, ended);
    if (closed) turn.stop(interrupted());
    return turn;
  };
  const owned = async (id: string, caller: Caller): Promise<Session> => {
    requireSessionId(id);
    const loaded = await loadOwned(sessions, id, caller);
    if (!loaded) throw noSession(id);
    return loaded.session;
  };
  const draftIn = ({ draft }: Session): Draft | null =>
    draftOf(draft, draft && checkSaved(draft.definition, { actions: catalog, limits, triggers }));

  return {
    limit: ({ client }) => deps.limiter.consume(client),
    async send(request, caller, { idempotencyKey } = {}) {
      if (closed) throw shuttingDown();
      const message = parseMessage(request, catalog, limits);
      const begin = () => start(deps, message, caller);
      if (idempotencyKey === undefined) return begin();
      const key = JSON.stringify([caller.principal ?? caller.client, message.sessionId, idempotencyKey]);
      return remembered.once(key, JSON.stringify([message.text, message.cards]), begin);
    },
    async session(id, caller) {
      const session = await owned(id, caller);
      return sessionView(session, draftIn(session), await locks.holder(id));
    },
    async deleteSession(id, caller) {
      requireSessionId(id);
      const loaded = await sessions.load(id);
      if (!loaded || loaded.session.principal !== caller.principal) return false;
      const turns = [...running].filter(({ sessionId }) => sessionId === id);
      for (const turn of turns) turn.stop(deleted());
      await ended(turns);
      return sessions.delete(id);
    },
    async generate(id, caller) {
      const draft = draftIn(await owned(id, caller));
      if (!draft) {
        throw new WorkflowError(
          'conflict',
          'Nothing is drafted in this session yet. Describe a workflow first.',
        );
      }
      return {
        workflow_json: toNodeList(draft.definition, catalog),
        agent_response: `Here is the workflow “${draft.definition.name}” with its ${draft.definition.steps.length} steps.`,
      };
    },
    async close(graceMs) {
      closed = true;
      let cancel = (): void => undefined;
      const grace = new Promise<void>((resolve) => {
        cancel = clock.after(graceMs, resolve);
      });
      await Promise.race([ended([...running]), grace]);
      cancel();
      for (const turn of running) turn.stop(interrupted());
      await ended([...running]);
    },
  };
};

const ended = async (turns: readonly StoppableTurn[]): Promise<void> => {
  await Promise.allSettled(turns.map(({ answer }) => answer));
};

const shuttingDown = (): WorkflowError =>
  new WorkflowError('shutting_down', 'The server is shutting down. Send the message again in a moment.');

const interrupted = (): WorkflowError =>
  new WorkflowError(
    'interrupted',
    'The server shut down before the answer was ready. Send the message again.',
  );

const deleted = (): WorkflowError => new WorkflowError('cancelled', 'The session was deleted.');
