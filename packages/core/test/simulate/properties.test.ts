import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulate/simulate.js';
import { catalogAnswering, runEmbedded } from './support/embedded.js';
import { randomDefinition } from './support/random-definition.js';

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
          expect(real.map(({ at: _, ...event }) => event)).toEqual(timeless(path.events));
          compared += 1;
        }
      }),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(100);
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
