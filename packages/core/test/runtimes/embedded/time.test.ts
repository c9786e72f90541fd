import { describe, expect, test } from 'vitest';
import type { Step } from '../../../src/workflow/definition.js';
import { createWorld, failing } from './support/world.js';

const hour = 3_600_000;
const nap = (duration: string): Step => ({ id: 'nap', kind: 'wait', duration });

describe('time', () => {
  test('a wait of months holds, over restarts, for its remaining time', async () => {
    const world = createWorld();
    await world.run([nap('P60D')]);
    await world.clock.advance(20 * 24 * hour);
    await world.orchestrator.close(0);
    const next = await world.restart();
    expect((await next.orchestrator.get('run_1'))?.waitingFor).toEqual([
      { kind: 'timer', path: 'nap', until: '2030-03-02T00:00:00.000Z' },
    ]);
    await next.clock.advance(40 * 24 * hour - 1);
    expect(await next.orchestrator.get('run_1')).toMatchObject({ status: 'waiting' });
    await next.clock.advance(1);
    expect(await next.orchestrator.get('run_1')).toMatchObject({
      status: 'succeeded',
      endedAt: '2030-03-02T00:00:00.000Z',
    });
  });

  test('a wait that was over while no process ran ends at once', async () => {
    const world = createWorld();
    await world.run([nap('PT1H')]);
    await world.orchestrator.close(0);
    await world.clock.advance(5 * hour);
    const next = await world.restart();
    await next.clock.advance(0);
    expect(await next.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
  });

  test('the scale divides waits, points in time, timeouts and pauses between attempts', async () => {
    const world = createWorld({ timeScale: 3600, scripts: { look: failing(1) } });
    await world.run([
      nap('PT1H'),
      { id: 'until', kind: 'wait', until: '2030-01-01T01:00:01Z' },
      { id: 'reply', kind: 'wait', signal: 'reply', timeout: 'PT1H' },
      { id: 'a', kind: 'action', action: 'look', retry: { initialInterval: 'PT1H', maxInterval: 'PT1H' } },
    ]);
    for (const ended of ['nap', 'until', 'reply', 'a']) {
      await world.clock.advance(1000);
      expect(await world.story()).toContain(`step.succeeded ${ended}`);
    }
  });

  test('the scale leaves the timeout of an attempt as it is', async () => {
    const world = createWorld({ timeScale: 3600, scripts: { mail: () => new Promise(() => {}) } });
    await world.run([{ id: 'a', kind: 'action', action: 'mail', timeout: 'PT5S' }]);
    await world.clock.advance(4999);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'running' });
    await world.clock.advance(1);
    expect(await world.orchestrator.get('run_1')).toMatchObject({
      status: 'failed',
      error: { code: 'timeout' },
    });
  });

  test('an attempt that takes too long is aborted and repeated', async () => {
    const aborted: boolean[] = [];
    const world = createWorld({
      scripts: {
        look: (input, { signal, attempt }) => {
          if (attempt === 2) return input;
          return new Promise(() => signal.addEventListener('abort', () => aborted.push(true)));
        },
      },
    });
    await world.run([{ id: 'a', kind: 'action', action: 'look' }]);
    await world.clock.advance(61_000);
    expect(aborted).toEqual([true]);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
  });

  test('the run timeout ends the run', async () => {
    const world = createWorld();
    await world.run([nap('PT5H')], { config: { timeout: 'PT1H' } });
    await world.clock.advance(hour);
    expect(await world.orchestrator.get('run_1')).toMatchObject({
      status: 'failed',
      error: { code: 'timeout' },
    });
    expect(world.clock.pending).toBe(0);
  });
});
