import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Action, type ActionContext, defineAction } from '../../../../src/catalog/action.js';
import { type Catalog, createCatalog } from '../../../../src/catalog/catalog.js';
import { WorkflowError } from '../../../../src/errors.js';
import type { Json } from '../../../../src/json.js';
import type { Orchestrator } from '../../../../src/ports/orchestrator.js';
import type { WorkflowStore } from '../../../../src/ports/workflow-store.js';
import {
  type ConnectTemporalOptions,
  connectTemporal,
  type TemporalConnection,
} from '../../../../src/runtimes/temporal/client/connect-temporal.js';
import { createTemporalOrchestrator } from '../../../../src/runtimes/temporal/client/create-temporal-orchestrator.js';
import {
  type CreateWorkerOptions,
  createWorker,
  type TemporalWorker,
} from '../../../../src/runtimes/temporal/worker/create-worker.js';
import type { Effect } from '../../../../src/workflow/action-spec.js';
import type { Definition, Step } from '../../../../src/workflow/definition.js';
import type { Run } from '../../../../src/workflow/run.js';
import { recordingLogger } from '../../../stores/support/recording-logger.js';
import { serviceAddress } from '../../../stores/support/service-address.js';
import { workflowCode } from './workflow-code.js';

/** What a scripted action does; the default answers its input. */
export type Script = (input: Json, context: ActionContext) => Json | Promise<Json>;

/** A call of a handler. */
export interface Called {
  readonly action: string;
  readonly input: Json;
  readonly key: string;
  readonly attempt: number;
}

/** The real server, a client of it and a worker in this process, over scripted actions. */
export interface TemporalWorld {
  readonly connection: TemporalConnection;
  readonly orchestrator: Orchestrator;
  readonly called: readonly Called[];
  readonly scripts: Record<string, Script>;
  /** Definitions that runs may run, version 1. */
  readonly saved: Map<string, Definition>;
  readonly taskQueue: string;
  readonly logged: readonly string[];
  /** The worker it was made with, beside which its runs are started. */
  readonly beside: TemporalWorker | undefined;
  /** Starts a run of these steps; gives its id. */
  run(steps: readonly Step[], rest?: Partial<Definition>, input?: Json): Promise<string>;
  /** Resolves when the run has ended. */
  ended(runId: string, ms?: number): Promise<Run>;
  /** Resolves when the run is as it should be. */
  untilRun(runId: string, fits: (run: Run) => boolean, ms?: number): Promise<Run>;
  /** Resolves when the run waits. */
  waiting(runId: string): Promise<Run>;
  /** The events of a run, without `seq` and `at`. */
  events(runId: string): Promise<readonly object[]>;
  story(runId: string): Promise<readonly string[]>;
  startWorker(more?: Partial<CreateWorkerOptions>): Promise<TemporalWorker>;
  close(): Promise<void>;
}

const kinds: readonly (readonly [string, Effect, boolean])[] = [
  ['look', 'read', false],
  ['put', 'write', false],
  ['mail', 'irreversible', false],
  ['pay', 'irreversible', true],
  ['take_back', 'write', false],
];

const anything = z.object({}).loose();

/** `look` (read, 5 s), `put` (write, undone by `take_back`), `mail` (irreversible, 5 s), `pay` (irreversible, idempotent). */
export const scriptedCatalog = (scripts: Record<string, Script>, called: Called[]): Catalog =>
  createCatalog(
    kinds.map(
      ([id, effect, idempotent]): Action =>
        defineAction({
          id,
          name: id,
          description: id,
          category: 'Test',
          effect,
          idempotent,
          input: anything,
          output: z.any(),
          ...(id === 'look' || id === 'mail' ? { timeout: 'PT5S' } : {}),
          ...(id === 'put' ? { compensate: { action: 'take_back', input: { was: '${{ output }}' } } } : {}),
          handler(input, context) {
            called.push({ action: id, input: input as Json, key: context.key, attempt: context.attempt });
            return scripts[id] ? scripts[id](input as Json, context) : (input as Json);
          },
        }),
    ),
  );

/**
 * Makes a {@link TemporalWorld} on a task queue of its own. Without `worker: false` a worker is ready when it resolves, and runs
 * are started through its connection.
 */
export const createTemporalWorld = async ({
  scripts = {},
  address = serviceAddress('TEMPORAL_ADDRESS'),
  timeScale = 1,
  worker = true,
  watchEveryMs = 1000,
  taskQueue = `test-${randomUUID()}`,
  dataConverter,
  workflows,
  access = {},
}: {
  readonly scripts?: Record<string, Script>;
  readonly address?: string;
  readonly timeScale?: number;
  readonly worker?: boolean;
  readonly watchEveryMs?: number;
  readonly taskQueue?: string;
  /** Default: over what is `saved`. */
  readonly workflows?: Pick<WorkflowStore, 'get'>;
  /** Of the client and of every worker. */
  readonly access?: Pick<ConnectTemporalOptions, 'namespace' | 'tls' | 'apiKey'>;
  /** Of the client and of every worker. */
  readonly dataConverter?: NonNullable<CreateWorkerOptions['dataConverter']>;
} = {}): Promise<TemporalWorld> => {
  const called: Called[] = [];
  const converter = dataConverter ? { dataConverter } : {};
  const logger = recordingLogger();
  const catalog = scriptedCatalog(scripts, called);
  const connection = await connectTemporal({ address, logger, watchEveryMs, ...access, ...converter });
  const workers: TemporalWorker[] = [];
  const saved = new Map<string, Definition>();
  const fromSaved = {
    async get(id: string, version = 1) {
      const definition = saved.get(id);
      return definition && { id, version, definition };
    },
  };

  const startWorker = async (more: Partial<CreateWorkerOptions> = {}): Promise<TemporalWorker> => {
    const codePath = await workflowCode();
    const started = await createWorker({
      address,
      catalog,
      taskQueue,
      logger,
      graceMs: 200,
      workflowBundle: { codePath },
      ...access,
      ...converter,
      ...more,
    });
    workers.push(started);
    await until(() => started.ready());
    return started;
  };
  const beside = worker ? await startWorker() : undefined;

  const orchestrator = createTemporalOrchestrator({
    connection,
    catalog,
    workflows: workflows ?? fromSaved,
    taskQueues: [taskQueue],
    workers: beside ? [beside] : [],
    logger,
    timeScale,
  });

  const untilRun: TemporalWorld['untilRun'] = async (runId, fits, ms) => {
    let run: Run | undefined;
    await until(async () => {
      // Whoever asks while a worker or the server is away tries again.
      run = await orchestrator.get(runId).catch((error: unknown) => {
        if (!WorkflowError.is(error) || !error.retryable) throw error;
        return undefined;
      });
      return run !== undefined && fits(run);
    }, ms);
    if (!run) throw new Error('The run is gone.');
    return run;
  };
  const events = async (runId: string) =>
    (await orchestrator.events(runId)).map(({ seq: _seq, at: _at, ...event }) => event);

  return {
    connection,
    orchestrator,
    called,
    scripts,
    saved,
    taskQueue,
    logged: logger.lines,
    beside,
    async run(steps, rest = {}, input = {}) {
      const runId = `run_${randomUUID()}`;
      const definition = { id: 'test', name: 'Test', steps, ...rest };
      await orchestrator.start({ runId, definition, version: 1, input });
      return runId;
    },
    untilRun,
    ended: (runId, ms) => untilRun(runId, ({ endedAt }) => endedAt !== undefined, ms),
    waiting: (runId) => untilRun(runId, ({ status }) => status === 'waiting'),
    events,
    story: async (runId) => (await events(runId)).map(({ type, path }) => (path ? `${type} ${path}` : type)),
    startWorker,
    async close() {
      await Promise.all(workers.map((one) => one.close()));
      await orchestrator.close();
      await connection.close();
    },
  };
};

/** Waits for a condition of the real world. */
export const until = async (fits: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> => {
  const deadline = Date.now() + ms;
  while (!(await fits())) {
    if (Date.now() > deadline) throw new Error(`It did not come true in ${ms} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};
