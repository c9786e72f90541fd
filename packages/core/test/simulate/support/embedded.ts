import { z } from 'zod';
import { actionFailure, defineAction } from '../../../src/catalog/action.js';
import { type Catalog, createCatalog } from '../../../src/catalog/catalog.js';
import { isRecord, type Json } from '../../../src/json.js';
import type { Orchestrator } from '../../../src/ports/orchestrator.js';
import type { DefinitionOf } from '../../../src/ports/workflow-store.js';
import { createEmbeddedOrchestrator } from '../../../src/runtimes/embedded/create-embedded-orchestrator.js';
import type { SimulatedPath } from '../../../src/simulate/simulation.js';
import { memoryRunStore } from '../../../src/stores/memory-run-store.js';
import { manualClock } from '../../../src/testing/manual-clock.js';
import type { Effect } from '../../../src/workflow/action-spec.js';
import type { Definition } from '../../../src/workflow/definition.js';
import type { RunEvent } from '../../../src/workflow/run.js';
import { recordingLogger } from '../../stores/support/recording-logger.js';

const looked = z.object({
  ok: z.boolean(),
  level: z.enum(['low', 'middle', 'high']),
  count: z.number(),
  items: z.array(z.object({ late: z.boolean() })),
});

const anything = z.object({}).loose();

/**
 * `look` (read), `put` (write, undone by `take_back`), `pay` (irreversible, idempotent); they answer what `answers` says for
 * their path, once `turn` resolves.
 */
export const catalogAnswering = (
  answers: SimulatedPath['answers'],
  called: string[] = [],
  turn: () => Promise<void> = async () => undefined,
): Catalog => {
  const action = (id: string, effect: Effect, output: z.ZodType, example?: object) =>
    defineAction({
      id,
      name: id,
      description: id,
      category: 'Test',
      effect,
      idempotent: id === 'pay',
      input: anything,
      output,
      ...(example ? { example: { input: {}, output: example } } : {}),
      ...(id === 'put' ? { compensate: { action: 'take_back', input: { was: '${{ output }}' } } } : {}),
      async handler(_input, { key }) {
        called.push(id);
        await turn();
        const path = placeOf(key);
        const answer = answers[path];
        if (answer === undefined) {
          if (path.endsWith('#undo')) return {};
          throw new Error(`Nothing says what "${path}" answers.`);
        }
        const { error } = isRecord(answer) ? answer : {};
        if (!isRecord(error)) return answer;
        throw actionFailure(String(error.code), String(error.message), { retryable: false });
      },
    });
  return createCatalog([
    action('look', 'read', looked, {
      ok: true,
      level: 'low',
      count: 2,
      items: [{ late: true }, { late: false }],
    }),
    action('put', 'write', z.object({ id: z.string() })),
    action('pay', 'irreversible', anything),
    action('take_back', 'write', anything),
  ]);
};

/** The path in a simulation of what a run id and a path in that run name: `each[3]/chase/ask` of `run_1.each-3.chase/ask`. */
const placeOf = (key: string): string => {
  const slash = key.indexOf('/');
  const [, ...steps] = key.slice(0, slash).split('.');
  return [...steps.map((part) => part.replace(/-(\d+)$/, '[$1]')), key.slice(slash + 1)].join('/');
};

/** The id of the run whose paths start with a path in a simulation. */
const runIdAt = (path: string): string =>
  ['run_simulated', ...path.split('/').map((part) => part.replace(/\[(\d+)\]$/, '-$1'))].join('.');

/** The logs of a real run on the embedded runtime, of which every answer is that of a simulated path, and of its sub-runs. */
export const runEmbedded = async (
  definition: Definition,
  { input, answers, subRuns }: Pick<SimulatedPath, 'input' | 'answers' | 'subRuns'>,
  definitionOf: DefinitionOf = async () => undefined,
): Promise<{ readonly events: readonly RunEvent[]; readonly subRuns: readonly (readonly RunEvent[])[] }> => {
  const clock = manualClock();
  // Handlers answer one at a time, in the order in which they are called.
  const turns: (() => void)[] = [];
  const turn = (): Promise<void> => new Promise((resolve) => turns.push(resolve));
  const orchestrator = createEmbeddedOrchestrator({
    runs: memoryRunStore(),
    clock,
    timeScale: 1,
    logger: recordingLogger(),
    secrets: async () => undefined,
    definitionOf,
    catalog: catalogAnswering(answers, [], turn),
  });
  const runId = 'run_simulated';
  await orchestrator.start({ runId, definition, version: 0, input });
  for (let rests = 0; rests < 1000; rests += 1) {
    await clock.advance(0);
    const next = turns.shift();
    if (next) {
      next();
      continue;
    }
    const run = await orchestrator.get(runId);
    if (!run || run.endedAt) break;
    const waits = await waitsOf(orchestrator, runId);
    // People answer in the order of the simulation.
    const person = Object.entries(answers).find(([path, answer]) => waits.has(path) && !isTimeout(answer));
    if (person) {
      const [place, answer] = person;
      const { payload = answer } = isRecord(answer) ? answer : {};
      const { run: waiting, path } = waits.get(place) ?? { run: runId, path: place };
      await orchestrator.signal(waiting, path, payload as Json, null);
    } else if (!(await clock.next()))
      throw new Error(`The run waits for ever: ${JSON.stringify(run.waitingFor)}`);
  }
  const logs = [runId, ...subRuns.map(({ path }) => runIdAt(path))];
  const [events = [], ...others] = await Promise.all(logs.map((id) => orchestrator.events(id)));
  await orchestrator.close(0);
  return { events, subRuns: others };
};

/** Where people are waited for, in a run and in those it started, by the path in the simulation. */
const waitsOf = async (
  orchestrator: Pick<Orchestrator, 'get'>,
  run: string,
): Promise<ReadonlyMap<string, { readonly run: string; readonly path: string }>> => {
  const waits = new Map<string, { readonly run: string; readonly path: string }>();
  for (const { kind, path, runId } of (await orchestrator.get(run))?.waitingFor ?? []) {
    if (kind === 'workflow' && runId !== undefined) {
      for (const [place, wait] of await waitsOf(orchestrator, runId)) waits.set(place, wait);
    }
    if (kind !== 'timer') waits.set(placeOf(`${run}/${path}`), { run, path });
  }
  return waits;
};

const isTimeout = (answer: Json | undefined): boolean => isRecord(answer) && answer.timeout === true;
