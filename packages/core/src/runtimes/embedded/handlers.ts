import type { Catalog } from '../../catalog/catalog.js';
import type { ActionAnswer, ActionCall } from '../../interpreter/runtime.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { JournalEntry } from '../../ports/run-store.js';
import type { SecretResolver } from '../../ports/secret-resolver.js';
import { type Abort, createAbort } from '../common/abort.js';
import { invoke } from '../common/invoke.js';
import type { Journal } from './journal.js';
import type { Slots } from './slots.js';

/** Calls the handlers of one run. */
export interface Handlers {
  /** Calls a handler and journals its answer. Returns what gives it up: it is aborted and its answer dropped. */
  call(call: ActionCall): () => void;
  /** Starts no handler any more. */
  close(): void;
  /** Gives up every handler. */
  abort(): void;
  /** Resolves when no handler runs and the answers are durable. */
  idle(): Promise<void>;
}

/** Makes the {@link Handlers} of a run. */
export const createHandlers = (deps: {
  readonly runId: string;
  readonly catalog: Catalog;
  readonly slots: Slots;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: SecretResolver;
}): Handlers => {
  const { catalog, slots, journal, clock } = deps;
  const running = new Map<Promise<void>, Abort>();
  let closed = false;

  /** The intent is durable before an irreversible handler is called: a crash after it never leads to a second call. */
  const inSlot = async (call: ActionCall, abort: Abort): Promise<void> => {
    if (abort.aborted || closed) return;
    if (call.effect === 'irreversible' && !call.idempotent) {
      await journal.write({ kind: 'intent', ...placeOf(call), at: clock.now() });
      if (abort.aborted) return;
    }
    const action = catalog.action(call.action);
    const answer = action ? await invoke(action, call, abort, deps) : unknownAction(call.action);
    if (answer) await journal.write(entryOf(call, answer, clock.now()));
  };

  const handle = async (call: ActionCall, abort: Abort): Promise<void> => {
    await slots.take();
    try {
      await inSlot(call, abort);
    } finally {
      slots.free();
    }
  };

  return {
    call(call) {
      const abort = createAbort();
      const handler = handle(call, abort);
      running.set(handler, abort);
      void handler.then(() => running.delete(handler));
      return abort.abort;
    },
    close() {
      closed = true;
    },
    abort() {
      for (const { abort } of running.values()) abort();
    },
    async idle() {
      await Promise.all(running.keys());
    },
  };
};

const entryOf = (call: ActionCall, answer: ActionAnswer, at: number): JournalEntry => {
  const { path, attempt } = call;
  const undo = call.undo ? ({ undo: true } as const) : undefined;
  return answer.ok
    ? { kind: 'result', path, attempt, ...undo, at, output: answer.output }
    : { kind: 'error', path, attempt, ...undo, at, error: answer.error, retryable: answer.retryable };
};

const placeOf = ({ path, attempt, undo }: ActionCall) =>
  ({ path, attempt, ...(undo ? { undo } : {}) }) as const;

const unknownAction = (action: string) =>
  ({
    ok: false,
    error: { code: 'unknown_action', message: `There is no action "${action}" in the catalog.` },
    retryable: false,
  }) as const;
