import { LRUCache } from 'lru-cache';
import type { Turn } from '../builder.js';
import { WorkflowError } from '../errors.js';

/** Keys remembered at once, for how long, and the size of their turns' events together, in characters. */
const maxKeys = 10_000;
const rememberMs = 24 * 3_600_000;
const maxSize = 32_000_000;

/** Turns by idempotency key, so that a request sent twice is one turn. */
export interface RememberedTurns {
  /**
   * The turn that `key` started, or `start`'s. `body` is what was sent: the same key with another body is `conflict`.
   * A start that fails, and a turn that fails but may be retried, are forgotten.
   */
  once(key: string, body: string, start: () => Promise<Turn>): Promise<Turn>;
}

/** Remembers in the memory of this process; the least recently used turn is forgotten first. */
export const rememberedTurns = (): RememberedTurns => {
  const turns = new LRUCache<string, { readonly body: string; readonly turn: Promise<Turn> }>({
    max: maxKeys,
    maxSize,
    ttl: rememberMs,
    ttlResolution: 0,
  });

  return {
    once(key, body, start) {
      const known = turns.get(key);
      if (known) return known.body === body ? known.turn : Promise.reject(otherBody());
      const entry = { body, turn: start() };
      turns.set(key, entry, { size: 1 });
      const settle = async (): Promise<void> => {
        const outcome = await outcomeOf(entry.turn);
        if (turns.peek(key) !== entry) return;
        if (outcome === 'may be retried') turns.delete(key);
        else turns.set(key, entry, { size: outcome, noUpdateTTL: true });
      };
      void settle();
      return entry.turn;
    },
  };
};

/** The size of an ended turn, unless the same request may do better. */
const outcomeOf = async (starting: Promise<Turn>): Promise<number | 'may be retried'> => {
  const [turn] = await Promise.allSettled([starting]);
  if (turn.status === 'rejected') return 'may be retried';
  const [answer] = await Promise.allSettled([turn.value.answer]);
  if (answer.status === 'rejected' && WorkflowError.is(answer.reason) && answer.reason.retryable) {
    return 'may be retried';
  }
  let size = 1;
  for await (const event of turn.value.events()) size += JSON.stringify(event).length;
  return size;
};

const otherBody = (): WorkflowError =>
  new WorkflowError(
    'conflict',
    'This Idempotency-Key was used for another message. Use a new key per message.',
  );
