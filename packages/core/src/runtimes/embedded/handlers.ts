import type { Catalog } from '../../catalog/catalog.js';
import type { ActionCall } from '../../interpreter/runtime.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { JournalEntry } from '../../ports/run-store.js';
import type { SecretResolver } from '../../ports/secret-resolver.js';
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
  const running = new Map<Promise<void>, AbortController>();
  let closed = false;

  /** The intent is durable before an irreversible handler is called: a crash after it never leads to a second call. */
  const callIn = async (call: ActionCall, controller: AbortController): Promise<void> => {
    const { signal } = controller;
    if (signal.aborted || closed) return;
    if (call.effect === 'irreversible' && !call.idempotent) {
      await journal.write({ kind: 'intent', ...placeOf(call), at: clock.now() });
      if (signal.aborted) return;
    }
    const action = catalog.action(call.action);
    const answer = action ? await invoke(action, call, { ...deps, controller }) : unknownAction(call.action);
    if (!answer) return;
    const base = { ...placeOf(call), at: clock.now() };
    const entry: JournalEntry = answer.ok
      ? { kind: 'result', ...base, output: answer.output }
      : { kind: 'error', ...base, error: answer.error, retryable: answer.retryable };
    await journal.write(entry);
  };

  const inSlot = async (call: ActionCall, controller: AbortController): Promise<void> => {
    await slots.take();
    try {
      await callIn(call, controller);
    } finally {
      slots.free();
    }
  };

  return {
    call(call) {
      const controller = new AbortController();
      const handler = inSlot(call, controller);
      running.set(handler, controller);
      void handler.then(() => running.delete(handler));
      return () => controller.abort();
    },
    close() {
      closed = true;
    },
    abort() {
      for (const controller of running.values()) controller.abort();
    },
    async idle() {
      await Promise.all(running.keys());
    },
  };
};

const placeOf = ({ path, attempt, undo }: ActionCall) =>
  ({ path, attempt, ...(undo ? { undo } : {}) }) as const;

const unknownAction = (action: string) =>
  ({
    ok: false,
    error: { code: 'unknown_action', message: `There is no action "${action}" in the catalog.` },
    retryable: false,
  }) as const;
