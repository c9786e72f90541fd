import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulate/simulate.js';
import type { Definition } from '../../src/workflow/definition.js';
import { catalogAnswering, runEmbedded } from './support/embedded.js';
import { randomDefinition, randomFamily } from './support/random-definition.js';

const called: string[] = [];
const actions = catalogAnswering({}, called);
const limits = { paths: 10, steps: 800 };

const timeless = (events: readonly { readonly at: string }[]) => events.map(({ at: _, ...event }) => event);

describe('of random definitions', { timeout: 30_000 }, () => {
  test('the simulation ends within its limits, twice alike, and calls no handler', async () => {
    await fc.assert(
      fc.asyncProperty(randomDefinition, async (definition) => {
        const simulation = await simulate(definition, { actions, limits });
        expect(simulation.paths.length).toBeGreaterThan(0);
        expect(simulation.paths.length).toBeLessThanOrEqual(limits.paths);
        expect(simulation.truncated).toBe(simulation.cut.length > 0);
        expect(await simulate(definition, { actions, limits })).toEqual(simulation);
        const stories = simulation.paths.map(({ events }) => JSON.stringify(timeless(events)));
        expect(new Set(stories).size).toBe(stories.length);
      }),
      { numRuns: 40 },
    );
    expect(called).toEqual([]);
  });

  test('every path whose samples agree with it is the log of a real run with its answers', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(randomDefinition, async (definition) => {
        const { paths } = await simulate(definition, { actions, limits: { ...limits, paths: 6 } });
        for (const path of paths) {
          if (path.ending.status === 'cut' || path.unknown.some(({ what }) => what === 'condition')) continue;
          const real = await runEmbedded(definition, path);
          expect(timeless(real.events)).toEqual(timeless(path.events));
          compared += 1;
        }
      }),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  test('with sub-workflows, the path and the runs it starts are the logs of real runs', async () => {
    const compared = { paths: 0, subRuns: 0, ends: new Set<string>() };
    await fc.assert(
      fc.asyncProperty(randomFamily, async ({ definition, inner, outer }) => {
        const get = (id: string): Definition => (id === 'inner' ? inner : outer);
        const options = { actions, workflows: { get }, limits: { ...limits, paths: 6 } };
        const { paths } = await simulate(definition, options);
        for (const path of paths) {
          if (path.ending.status === 'cut' || path.unknown.some(({ what }) => what === 'condition')) continue;
          const real = await runEmbedded(definition, path, async (id) => get(id));
          expect(timeless(real.events)).toEqual(timeless(path.events));
          expect(real.subRuns.map(timeless)).toEqual(path.subRuns.map(({ events }) => timeless(events)));
          const again = await simulate(definition, { ...options, input: path.input, answers: path.answers });
          expect(again.paths.map(({ events, subRuns }) => ({ events, subRuns }))).toEqual([
            { events: path.events, subRuns: path.subRuns },
          ]);
          compared.paths += 1;
          compared.subRuns += path.subRuns.length;
          for (const { events } of path.subRuns) compared.ends.add(events.at(-1)?.type ?? '');
        }
      }),
      { numRuns: 80 },
    );
    expect(compared.paths).toBeGreaterThan(100);
    expect(compared.subRuns).toBeGreaterThan(50);
    expect([...compared.ends].sort()).toEqual(['run.cancelled', 'run.failed', 'run.succeeded']);
  });

  test('the answers of a path lead down that path alone', async () => {
    await fc.assert(
      fc.asyncProperty(randomDefinition, async (definition) => {
        const { paths } = await simulate(definition, { actions, limits: { ...limits, paths: 6 } });
        for (const { ending, unknown, input, answers, events } of paths) {
          if (ending.status === 'cut' || unknown.some(({ what }) => what === 'condition')) continue;
          const again = await simulate(definition, { actions, input, answers });
          expect(again.paths.map((path) => path.events)).toEqual([events]);
          expect(again.paths[0]?.unknown).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
