import { Worker } from '@temporalio/worker';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Step } from '../../../src/workflow/definition.js';
import { walkSteps } from '../../../src/workflow/walk.js';
import { randomSteps } from '../../interpreter/support/random-steps.js';
import { embedded, embeddedInOrder, onTemporal, scripts, withoutTime } from './support/same-events.js';
import { createTemporalWorld, type TemporalWorld } from './support/temporal-world.js';
import { workflowCode } from './support/workflow-code.js';

/** Definitions; more on request. */
const count = Number(process.env.SAME_EVENTS_RUNS ?? 200);
const seed = Number(process.env.SAME_EVENTS_SEED ?? 20300101);
const atOnce = 20;

let temporal: TemporalWorld;
beforeAll(async () => {
  temporal = await createTemporalWorld({ scripts, timeScale: 1_000_000 });
}, 60_000);
afterAll(() => temporal.close());

const isSideBySide = (steps: readonly Step[]): boolean =>
  [...walkSteps(steps)].some(
    ({ step }) => step.kind === 'parallel' || (step.kind === 'forEach' && (step.concurrency ?? 1) > 1),
  );

describe('random definitions with random answers', () => {
  test('give the same events embedded and on Temporal', { timeout: 60_000 + count * 1000 }, async () => {
    const definitions = fc.sample(randomSteps, { numRuns: count, seed });
    const compared = { alone: 0, sideBySide: 0 };
    const histories: Parameters<typeof Worker.runReplayHistories>[1] & unknown[] = [];
    const work = definitions.entries();
    const workOn = async (): Promise<void> => {
      for (const [, steps] of work) {
        const { runId, events } = await onTemporal(temporal, steps);
        const label = JSON.stringify(steps);
        if (isSideBySide(steps)) compared.sideBySide += 1;
        else {
          compared.alone += 1;
          expect(withoutTime(events), label).toEqual(withoutTime(await embedded(steps)));
        }
        // Whatever ran side by side: the order of the answers is all that the events depend on.
        expect(withoutTime(events), label).toEqual(withoutTime(await embeddedInOrder(steps, events)));
        const history = await temporal.connection.client.workflow.getHandle(runId).fetchHistory();
        // A task may have to be made again because something came meanwhile, but for no other reason.
        const failed = history.events?.flatMap(
          (event) => event.workflowTaskFailedEventAttributes?.failure?.message ?? [],
        );
        expect(
          failed?.filter((message) => message !== 'UnhandledCommand'),
          label,
        ).toEqual([]);
        histories.push({ workflowId: runId, history });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, workOn));
    expect(compared.alone + compared.sideBySide).toBe(count);
    expect(Math.min(compared.alone, compared.sideBySide)).toBeGreaterThan(count / 10);

    const workflowBundle = { codePath: await workflowCode() };
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
      expect(error, workflowId).toBeUndefined();
    }
  });
});
