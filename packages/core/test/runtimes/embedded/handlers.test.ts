import { describe, expect, test } from 'vitest';
import type { Step } from '../../../src/workflow/definition.js';
import { createWorld, failing, held } from './support/world.js';

const call = (action: string, more: object = {}): Step => ({ id: 'a', kind: 'action', action, ...more });
const silent: Step[] = [];

describe('a handler', () => {
  test('fails with its own code', async () => {
    const world = createWorld({ scripts: { look: failing(9, 'no_such_shipment', false) } });
    await world.run([call('look')]);
    expect(world.called).toHaveLength(1);
    expect(await world.orchestrator.get('run_1')).toMatchObject({
      status: 'failed',
      error: { code: 'no_such_shipment', message: 'It is no_such_shipment.', path: 'a' },
    });
  });

  test('that throws anything else tells the log, not the client', async () => {
    const world = createWorld({
      scripts: {
        mail: () => {
          throw new Error('password=hunter2');
        },
      },
    });
    await world.run([call('mail')]);
    const run = await world.orchestrator.get('run_1');
    expect(run).toMatchObject({ status: 'failed', error: { code: 'action_failed' } });
    expect(JSON.stringify([run, await world.events()])).not.toContain('hunter2');
    expect(world.logged).toEqual(['warn: An action failed.']);
  });

  test('with an input that does not fit is not called', async () => {
    const world = createWorld();
    await world.run([call('mail', { input: { to: ['a', 'b'] } })]);
    expect(world.called).toEqual([]);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ error: { code: 'invalid_input' } });
  });

  test('is one of a hundred at most', async () => {
    const { script, answer } = held();
    const world = createWorld({ scripts: { look: script } });
    await world.run([
      { id: 'each', kind: 'forEach', items: Array(150).fill(0), concurrency: 150, steps: [call('look')] },
    ]);
    expect(world.called).toHaveLength(100);
    answer('done');
    await world.clock.advance(0);
    expect(world.called).toHaveLength(101);
  });

  test('that is irreversible is preceded by its intent, unless the far side drops repeats', async () => {
    const world = createWorld();
    await world.run([call('mail'), { ...call('pay'), id: 'b' }, { ...call('put'), id: 'c' }]);
    expect((await world.runs.journal('run_1')).map(({ kind }) => kind)).toEqual([
      'intent',
      'result',
      'result',
      'result',
    ]);
  });
});

describe('close', () => {
  test('refuses starts, waits for handlers, and the run goes on in the next process', async () => {
    const { script, answer } = held();
    const world = createWorld({ scripts: { look: script } });
    await world.run([call('look'), { id: 'b', kind: 'action', action: 'put' }]);
    const closed = world.orchestrator.close(1000);
    await expect(world.run(silent)).rejects.toMatchObject({ code: 'shutting_down' });
    answer('seen');
    await closed;
    expect(world.clock.pending).toBe(0);
    expect(world.called.map(({ action }) => action)).toEqual(['look']);
    const next = await world.restart();
    expect(next.called.map(({ action }) => action)).toEqual(['put']);
    expect(await next.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
  });

  test('gives handlers up when the time is over', async () => {
    let reason: unknown;
    const world = createWorld({
      scripts: {
        look: (_input, { signal }) =>
          new Promise(() => signal.addEventListener('abort', () => (reason = signal.reason))),
      },
    });
    await world.run([call('look')]);
    const closed = world.orchestrator.close(1000);
    await world.clock.advance(1000);
    await closed;
    expect(reason).toBeDefined();
    expect(world.clock.pending).toBe(0);
    expect(await world.runs.journal('run_1')).toEqual([]);
    const next = await world.restart({});
    expect(await next.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
  });
});
