import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/workflow/run.js';
import { createWorld, held } from './support/world.js';

const steps = [
  { id: 'a', kind: 'action', action: 'look' },
  { id: 'nap', kind: 'wait', duration: 'PT1H' },
] as const;

const collect = async (events: AsyncIterable<RunEvent>): Promise<number[]> => {
  const seen: number[] = [];
  for await (const { seq } of events) seen.push(seq);
  return seen;
};

describe('events', () => {
  test('count from 1 without gaps and are the same after a restart and from the journal alone', async () => {
    const world = createWorld();
    await world.run(steps);
    await world.clock.advance(1000);
    const before = await world.orchestrator.events('run_1');
    await world.orchestrator.close(0);
    const next = await world.restart();
    expect(await next.orchestrator.events('run_1')).toEqual(before);
    await next.clock.advance(3_600_000);
    const all = await next.orchestrator.events('run_1');
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
    expect(all.at(-1)).toMatchObject({ type: 'run.succeeded', at: '2030-01-01T01:00:00.000Z' });
    const third = await next.restart();
    expect(await third.orchestrator.events('run_1')).toEqual(all);
  });

  test('are observed live, from any place, to the end', async () => {
    const world = createWorld();
    await world.run(steps);
    const { signal } = new AbortController();
    const all = collect(world.orchestrator.observe('run_1', 0, signal));
    const rest = collect(world.orchestrator.observe('run_1', 4, signal));
    await world.clock.advance(3_600_000);
    expect(await all).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await rest).toEqual([5, 6, 7, 8, 9]);
    expect(await collect(world.orchestrator.observe('run_1', 7, signal))).toEqual([8, 9]);
  });

  test('end with the abort signal, and leave nothing behind', async () => {
    const world = createWorld();
    await world.run(steps);
    const controller = new AbortController();
    const seen = collect(world.orchestrator.observe('run_1', 0, controller.signal));
    await world.clock.advance(0);
    const listeners = () => getEventListeners(controller.signal, 'abort').length;
    expect(listeners()).toBe(1);
    controller.abort();
    expect(await seen).toEqual([1, 2, 3, 4, 5, 6]);
    expect(listeners()).toBe(0);
  });

  test('of an unknown run are not found', async () => {
    const { orchestrator } = createWorld();
    await expect(orchestrator.events('run_2')).rejects.toMatchObject({ code: 'not_found' });
    const observed = collect(orchestrator.observe('run_2', 0, new AbortController().signal));
    await expect(observed).rejects.toMatchObject({ code: 'not_found' });
    expect(await orchestrator.get('run_2')).toBeUndefined();
  });

  test('whoever sees the last one reads an ended run', async () => {
    const { script, answer } = held();
    const world = createWorld({ scripts: { look: script } });
    await world.run([steps[0]]);
    let status: string | undefined;
    const watched = (async () => {
      for await (const { type } of world.orchestrator.observe('run_1', 0, new AbortController().signal)) {
        if (type === 'run.succeeded') status = (await world.runs.get('run_1'))?.run.status;
      }
    })();
    answer('done');
    await watched;
    expect(status).toBe('succeeded');
  });
});

describe('the row', () => {
  test('says whether the run waits', async () => {
    const { script, answer } = held();
    const world = createWorld({ scripts: { look: script } });
    await world.run([steps[1], steps[0]]);
    const stored = async () => (await world.runs.get('run_1'))?.run.status;
    const shown = async () => (await world.orchestrator.list({ limit: 10 })).items[0]?.status;
    expect([await stored(), await shown()]).toEqual(['waiting', 'waiting']);
    await world.clock.advance(3_600_000);
    expect([await stored(), await shown()]).toEqual(['running', 'running']);
    answer('done');
    await world.clock.advance(0);
    expect([await stored(), await shown()]).toEqual(['succeeded', 'succeeded']);
  });
});
