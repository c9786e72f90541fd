import { z } from 'zod';
import {
  type Action,
  type ActionContext,
  actionFailure,
  defineAction,
} from '../../../../src/catalog/action.js';
import { type Catalog, createCatalog } from '../../../../src/catalog/catalog.js';
import type { Json } from '../../../../src/json.js';
import type { Orchestrator } from '../../../../src/ports/orchestrator.js';
import type { RunStore } from '../../../../src/ports/run-store.js';
import type { SecretResolver } from '../../../../src/ports/secret-resolver.js';
import { createEmbeddedOrchestrator } from '../../../../src/runtimes/embedded/create-embedded-orchestrator.js';
import { memoryRunStore } from '../../../../src/stores/memory-run-store.js';
import { type ManualClock, manualClock } from '../../../../src/testing/manual-clock.js';
import type { Effect } from '../../../../src/workflow/action-spec.js';
import type { Definition, Step } from '../../../../src/workflow/definition.js';
import { recordingLogger } from '../../../stores/support/recording-logger.js';

/** What a handler was called with. */
export interface Called {
  readonly action: string;
  readonly input: Json;
  readonly key: string;
  readonly attempt: number;
}

/** What a scripted action does; the default answers its input. */
export type Script = (input: Json, context: ActionContext) => Json | Promise<Json>;

interface WorldOptions {
  readonly scripts?: Readonly<Record<string, Script>>;
  readonly runs?: RunStore;
  readonly clock?: ManualClock;
  readonly timeScale?: number;
  readonly called?: Called[];
  /** Saved workflows, each at version 1. They may change while the world goes on. */
  readonly workflows?: readonly Definition[];
  readonly secrets?: SecretResolver;
}

/** A server's worth of runtime: an orchestrator over scripted actions, a manual clock and a store that outlives it. */
export interface World {
  readonly orchestrator: Orchestrator;
  readonly catalog: Catalog;
  readonly clock: ManualClock;
  readonly runs: RunStore;
  readonly called: Called[];
  readonly logged: readonly string[];
  /** Starts a run of these steps as `run_1` and lets it come to rest. */
  run(steps: readonly Step[], rest?: Partial<Definition>, input?: Json): Promise<void>;
  /** The events of a run (default `run_1`), without `seq` and `at`. */
  events(runId?: string): Promise<readonly object[]>;
  /** The same in short: `type path`. */
  story(runId?: string): Promise<readonly string[]>;
  /** The next process over the same store; this one is left as a crash leaves it. */
  restart(scripts?: WorldOptions['scripts']): Promise<World>;
}

const anything = z.object({}).loose();

const effects: readonly (readonly [string, Effect, boolean])[] = [
  ['look', 'read', false],
  ['put', 'write', false],
  ['mail', 'irreversible', false],
  ['pay', 'irreversible', true],
  ['take_back', 'write', false],
];

/** Makes a {@link World} with the actions `look` (read), `put` (write, undone by `take_back`), `mail` (irreversible) and `pay` (irreversible, idempotent). */
export const createWorld = (options: WorldOptions = {}): World => {
  const {
    scripts = {},
    runs = memoryRunStore(),
    clock = manualClock(),
    timeScale = 1,
    called = [],
    workflows = [],
    secrets = async () => undefined,
  } = options;
  const action = ([id, effect, idempotent]: (typeof effects)[number]): Action =>
    defineAction({
      id,
      name: id,
      description: id,
      category: 'Test',
      effect,
      idempotent,
      input: id === 'mail' ? z.object({ to: z.string().optional() }).loose() : anything,
      output: z.any(),
      ...(id === 'put' ? { compensate: { action: 'take_back', input: { was: '${{ output }}' } } } : {}),
      handler(input, context) {
        called.push({ action: id, input: input as Json, key: context.key, attempt: context.attempt });
        return scripts[id] ? scripts[id](input as Json, context) : (input as Json);
      },
    });
  const logger = recordingLogger();
  const catalog = createCatalog(effects.map(action));
  const orchestrator = createEmbeddedOrchestrator({
    runs,
    clock,
    timeScale,
    logger,
    secrets,
    definitionOf: async (id, version) => (version === 1 ? workflows.find((one) => one.id === id) : undefined),
    catalog,
  });
  const events = async (runId = 'run_1') =>
    (await orchestrator.events(runId)).map(({ seq: _seq, at: _at, ...event }) => event);
  return {
    orchestrator,
    catalog,
    clock,
    runs,
    called,
    logged: logger.lines,
    async run(steps, rest = {}, input = {}) {
      const definition = { id: 'test', name: 'Test', steps, ...rest };
      await orchestrator.start({ runId: 'run_1', definition, version: 1, input });
      await clock.advance(0);
    },
    events,
    story: async (runId) => (await events(runId)).map(({ type, path }) => (path ? `${type} ${path}` : type)),
    async restart(next = scripts) {
      const world = createWorld({ ...options, scripts: next, runs, clock, timeScale, called: [] });
      await world.orchestrator.recover();
      await clock.advance(0);
      return world;
    },
  };
};

/** A script that fails so often, with this code, before it answers. */
export const failing = (times: number, code = 'busy', retryable = true): Script => {
  let left = times;
  return (input) => {
    if (left === 0) return input;
    left -= 1;
    throw actionFailure(code, `It is ${code}.`, { retryable });
  };
};

/** A script that is answered by hand. */
export const held = () => {
  const answers: ((output: Json) => void)[] = [];
  const script: Script = () => new Promise<Json>((resolve) => answers.push(resolve));
  return { script, answer: (output: Json, index = 0) => answers[index]?.(output) };
};
