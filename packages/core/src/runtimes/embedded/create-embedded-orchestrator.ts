import { LRUCache } from 'lru-cache';
import type { Catalog } from '../../catalog/catalog.js';
import { WorkflowError } from '../../errors.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { Orchestrator } from '../../ports/orchestrator.js';
import type { RunNews, RunStore } from '../../ports/run-store.js';
import type { SecretResolver } from '../../ports/secret-resolver.js';
import type { DefinitionOf } from '../../ports/workflow-store.js';
import type { Run, RunEvent } from '../../workflow/run.js';
import { shuttingDown } from '../common/run-errors.js';
import { startedBy } from '../common/started-by.js';
import { attend } from './attend.js';
import { createBreather } from './breather.js';
import type { LiveRun } from './live-run.js';
import { createOwnedRuns } from './owned-runs.js';
import { createReadRuns } from './read-runs.js';
import { createRelatives } from './relatives.js';
import { createSlots } from './slots.js';
import { storeRetry } from './store-retry.js';

/** What {@link createEmbeddedOrchestrator} needs. */
export interface EmbeddedOrchestratorOptions {
  readonly runs: RunStore;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Divides waits, timeouts of waits and runs, and pauses between attempts; never an action's own timeout. 1: real time. */
  readonly timeScale: number;
  readonly secrets: SecretResolver;
  /** Asked when a sub-run starts: from then on it keeps its definition itself. */
  readonly definitionOf: DefinitionOf;
}

/** Handlers at work at the same time. */
const handlersAtOnce = 100;

/** Logs of ended runs that are kept for the next reader. */
const keptLogs = 100;

const defaultGraceMs = 10_000;

/**
 * Runs workflows in this process. Every answer is journaled before the run acts on it; recovery interprets the journal
 * again. Several processes may work on one store: each run belongs to one of them, and a run of another is read from its
 * journal and told things by posting to it.
 *
 * @example
 * const orchestrator = createEmbeddedOrchestrator({ ...stores, catalog, clock: systemClock, logger, timeScale: 1 });
 * await orchestrator.recover();
 */
export const createEmbeddedOrchestrator = (options: EmbeddedOrchestratorOptions): Orchestrator => {
  const { runs, clock, logger } = options;
  const endedLogs = new LRUCache<string, readonly RunEvent[]>({ max: keptLogs });
  const relatives = createRelatives(
    runs,
    () => owned,
    () => closing.signal.aborted,
  );
  const deps = { ...options, relatives, slots: createSlots(handlersAtOnce), breathe: createBreather() };
  const owned = createOwnedRuns(deps, (run, runId) => endedLogs.set(runId, run.log.events));
  const read = createReadRuns(options);
  const closing = new AbortController();
  let stopPolling = (): void => undefined;

  const requireServing = (): void => {
    if (closing.signal.aborted) throw shuttingDown();
  };

  /** Tells a run something: directly when this process owns it, else by posting. */
  const tell = async <T>(
    runId: string,
    directly: (run: LiveRun) => Promise<T>,
    byPost: () => Promise<T>,
  ): Promise<T> => {
    requireServing();
    const run = await owned.wake(runId);
    if (!run) return byPost();
    try {
      return await directly(run);
    } catch (error) {
      // Another process has just taken it over.
      if (WorkflowError.is(error) && error.code === 'stale_lease') return byPost();
      throw error;
    }
  };

  const viewOf = async (run: Omit<Run, 'waitingFor'>): Promise<Run> => {
    if (run.endedAt !== undefined) return run;
    return owned.awake(run.runId)?.view() ?? (await read.get(run.runId)) ?? run;
  };

  const act = ({ expired, claimed, posted }: RunNews): void => {
    if (expired) {
      logger.warn({}, 'This process stood still: others have taken its runs over.');
      owned.abandon();
    }
    void owned.add(claimed);
    for (const runId of posted) {
      owned.posted(runId).catch((err: unknown) => {
        logger.warn({ runId, err }, 'A run cannot be read now, and is tried again.');
      });
    }
  };

  return {
    journal: runs.kind,
    async start({ runId, definition, version, input, trigger, tenant }) {
      requireServing();
      const startedAt = new Date(clock.now()).toISOString();
      const run = {
        runId,
        workflowId: definition.id,
        version,
        ...startedBy({ trigger, tenant }),
        status: 'running',
        input,
        startedAt,
      } as const;
      const lease = await runs.create({ run, definition });
      // Closed meanwhile: it is durable, and another process goes on with it.
      if (!closing.signal.aborted) owned.begin(lease, { run, definition });
      return run;
    },
    async get(runId) {
      return owned.awake(runId)?.view() ?? read.get(runId);
    },
    async list(query) {
      const page = await runs.list(query);
      return { ...page, items: await Promise.all(page.items.map(viewOf)) };
    },
    async events(runId) {
      const known = owned.awake(runId)?.log.events ?? endedLogs.get(runId);
      return [...(known ?? (await read.events(runId)))];
    },
    async *observe(runId, after, signal) {
      let next = after;
      const run = await owned.wake(runId);
      if (run) {
        for await (const event of run.log.follow(next, signal)) {
          next = event.seq;
          yield event;
        }
      }
      if (run && closing.signal.aborted) return;
      const log = endedLogs.get(runId);
      if (log) yield* log.slice(Math.max(0, next));
      // Not this process's, or not any more.
      else yield* read.follow(runId, next, AbortSignal.any([signal, closing.signal]));
    },
    signal(runId, name, payload, by, key) {
      const at = clock.now();
      const entry = { kind: 'signal', name, payload, by, ...(key === undefined ? {} : { key }), at } as const;
      return tell(
        runId,
        (run) => run.signal(entry),
        () => read.signal(runId, entry),
      );
    },
    cancel: (runId, reason) =>
      tell(
        runId,
        async (run) => {
          await run.cancel(reason);
          return run.view();
        },
        () => read.cancel(runId, { kind: 'cancel', reason, at: clock.now() }),
      ),
    async retry(request) {
      requireServing();
      const { lease, stored, entries } = await storeRetry(request, options);
      if (!closing.signal.aborted) owned.begin(lease, stored, entries);
      return stored.run;
    },
    async recover() {
      const claimed = await runs.open();
      stopPolling = attend(options, () => !closing.signal.aborted, act);
      await owned.add(claimed);
    },
    async close(graceMs = defaultGraceMs) {
      closing.abort();
      const open = owned.all();
      const stopped = Promise.all(open.map((run) => run.close()));
      await new Promise<void>((resolve) => {
        const cancelDeadline = clock.after(graceMs, resolve);
        void stopped.then(() => {
          cancelDeadline();
          resolve();
        });
      });
      stopPolling();
      if (owned.all().length > 0) logger.info({}, 'Open runs go on in another process.');
      owned.abandon();
    },
  };
};
