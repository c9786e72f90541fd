import { describe, expect, test } from 'vitest';
import { WorkflowError } from '../../../src/errors.js';
import type { RunStore } from '../../../src/ports/run-store.js';
import { memoryRunStore } from '../../../src/stores/memory-run-store.js';
import { createWorld } from './support/world.js';

/** A store that can be switched off. */
const fragileStore = (): RunStore & { down: boolean } => {
  const runs = memoryRunStore();
  const store = {
    ...runs,
    down: false,
    async append(...args: Parameters<RunStore['append']>) {
      if (store.down) throw new WorkflowError('store_unavailable', 'The store is away.');
      return runs.append(...args);
    },
  };
  return store;
};

describe('a store that is away', () => {
  test('pauses the run; nothing is lost and no handler is called twice', async () => {
    const runs = fragileStore();
    const world = createWorld({ runs });
    runs.down = true;
    await world.run([
      { id: 'a', kind: 'action', action: 'look' },
      { id: 'b', kind: 'action', action: 'mail' },
    ]);
    expect(world.called.map(({ action }) => action)).toEqual(['look']);
    await world.clock.advance(60_000);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'running' });
    runs.down = false;
    await world.clock.advance(5000);
    expect(world.called.map(({ action }) => action)).toEqual(['look', 'mail']);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
    expect(await runs.get('run_1')).toMatchObject({ run: { status: 'succeeded' } });
  });

  test('keeps an irreversible handler from being called before its intent is durable', async () => {
    const runs = fragileStore();
    const world = createWorld({ runs });
    runs.down = true;
    await world.run([{ id: 'b', kind: 'action', action: 'mail' }]);
    expect(world.called).toEqual([]);
    runs.down = false;
    await world.clock.advance(5000);
    expect(world.called).toHaveLength(1);
  });

  test('refuses signals and cancels, which can be sent again', async () => {
    const runs = fragileStore();
    const world = createWorld({ runs });
    await world.run([{ id: 'ok', kind: 'approval', title: 'Go on?' }]);
    const approve = () => world.orchestrator.signal('run_1', 'ok', { decision: 'approved' }, null, 'key');
    runs.down = true;
    await expect(approve()).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(world.orchestrator.cancel('run_1', null)).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    runs.down = false;
    await approve();
    await world.clock.advance(0);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
  });

  test('does not keep close waiting beyond its time', async () => {
    const runs = fragileStore();
    const world = createWorld({ runs });
    runs.down = true;
    await world.run([{ id: 'a', kind: 'action', action: 'look' }]);
    const closed = world.orchestrator.close(1000);
    await world.clock.advance(1000);
    await closed;
    expect(world.clock.pending).toBe(0);
    runs.down = false;
    const next = await world.restart();
    expect(await next.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
  });
});

test('runs that never wait let timers come', { timeout: 20_000 }, async () => {
  const world = createWorld();
  const steps = [
    { id: 'again', kind: 'repeat', max: 200, steps: [{ id: 'a', kind: 'action', action: 'look' }] },
  ] as const;
  const definition = { id: 'busy', name: 'Busy', steps };
  let turns = 0;
  let counting = true;
  const count = (): void => {
    turns += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  const runIds = Array.from({ length: 100 }, (_, index) => `run_${index}`);
  await Promise.all(
    runIds.map((runId) => world.orchestrator.start({ runId, definition, version: 1, input: {} })),
  );
  await Promise.all(
    runIds.map(async (runId) => {
      for await (const _ of world.orchestrator.observe(runId, 0, new AbortController().signal));
    }),
  );
  counting = false;
  // 20,000 answers, some 200 of them a turn.
  expect(turns).toBeGreaterThan(50);
});
