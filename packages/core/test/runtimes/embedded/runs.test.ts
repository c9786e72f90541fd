import { describe, expect, test } from 'vitest';
import { WorkflowError } from '../../../src/errors.js';
import type { RunStore } from '../../../src/ports/run-store.js';
import { memoryRunStore, runMemory } from '../../../src/stores/memory-run-store.js';
import { createWorld, failing } from './support/world.js';

describe('a run', () => {
  test('of actions hands outputs on and gives the output', async () => {
    const world = createWorld();
    await world.run(
      [
        { id: 'a', kind: 'action', action: 'look', input: { n: 1 } },
        { id: 'b', kind: 'action', action: 'put', input: { n: '${{ steps.a.output.n + 1 }}' } },
      ],
      { output: { total: '${{ steps.a.output.n + steps.b.output.n }}' } },
    );
    expect(await world.events()).toEqual([
      { type: 'run.started', path: '', input: {} },
      { type: 'step.started', path: 'a', stepId: 'a', attempt: 1, input: { n: 1 } },
      { type: 'step.succeeded', path: 'a', stepId: 'a', output: { n: 1 } },
      { type: 'step.started', path: 'b', stepId: 'b', attempt: 1, input: { n: 2 } },
      { type: 'step.succeeded', path: 'b', stepId: 'b', output: { n: 2 } },
      { type: 'run.succeeded', path: '', output: { total: 3 } },
    ]);
    expect(await world.orchestrator.get('run_1')).toMatchObject({
      status: 'succeeded',
      output: { total: 3 },
    });
    expect(world.called.map(({ key }) => key)).toEqual(['run_1/a', 'run_1/b']);
    expect(await world.runs.journal('run_1')).toHaveLength(2);
  });

  test('retries with growing pauses', async () => {
    const world = createWorld({ scripts: { look: failing(2) } });
    await world.run([{ id: 'a', kind: 'action', action: 'look' }]);
    expect(world.called).toHaveLength(1);
    await world.clock.advance(999);
    expect(world.called).toHaveLength(1);
    await world.clock.advance(1);
    expect(world.called).toHaveLength(2);
    await world.clock.advance(2000);
    expect(await world.story()).toEqual([
      'run.started',
      'step.started a',
      'step.retrying a',
      'step.started a',
      'step.retrying a',
      'step.started a',
      'step.succeeded a',
      'run.succeeded',
    ]);
  });

  test('that meets a bug fails, and the log says why', async () => {
    const world = createWorld();
    await world.run(JSON.parse('[{ "id": "a", "kind": "from the future" }]'));
    expect(await world.orchestrator.get('run_1')).toMatchObject({
      status: 'failed',
      error: { code: 'internal' },
    });
    expect((await world.story()).at(-1)).toBe('run.failed');
    expect(world.logged).toEqual(['error: A run broke because of a bug.']);
  });
});

describe('recovery', () => {
  const nap = { id: 'nap', kind: 'wait', duration: 'PT1H' } as const;

  test('leaves a run alone that cannot be read, and goes on with the others', async () => {
    const runs = memoryRunStore();
    const first = createWorld({ runs });
    await first.run([nap]);
    const definition = { id: 'test', name: 'Test', steps: [nap] };
    await first.orchestrator.start({ runId: 'run_2', definition, version: 1, input: {} });
    const journal = (runId: string) =>
      runId === 'run_1' ? Promise.reject(new SyntaxError('not JSON')) : runs.journal(runId);
    const next = createWorld({ runs: { ...runs, journal }, clock: first.clock });
    await next.orchestrator.recover();
    await next.clock.advance(3_600_000);
    expect(await next.orchestrator.get('run_2')).toMatchObject({ status: 'succeeded' });
    expect(next.logged).toEqual(['error: A run cannot be read, and does not go on.']);
  });

  test('fails when the store is away, so that the start can be tried again', async () => {
    const runs = memoryRunStore();
    const first = createWorld({ runs });
    await first.run([nap]);
    const away = () => Promise.reject(new WorkflowError('store_unavailable', 'The store is away.'));
    const next = createWorld({ runs: { ...runs, open: away } });
    await expect(next.orchestrator.recover()).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  test('tries again later to read a run that cannot be read now', async () => {
    const runs = memoryRunStore();
    const first = createWorld({ runs });
    await first.run([{ id: 'a', kind: 'action', action: 'look' }, nap]);
    let away = true;
    const journal: RunStore['journal'] = (...args) =>
      away ? Promise.reject(new WorkflowError('store_unavailable', 'Away.')) : runs.journal(...args);
    const next = createWorld({ runs: { ...runs, journal }, clock: first.clock });
    await next.orchestrator.recover();
    await next.clock.advance(3_600_000);
    expect(next.logged.at(-1)).toBe('warn: A run cannot be read now, and is tried again.');
    away = false;
    await next.clock.advance(1000);
    expect(await next.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
  });

  test('reads a run that only waits when its time comes, and not before', async () => {
    const runs = memoryRunStore();
    const first = createWorld({ runs });
    await first.run([nap, { id: 'a', kind: 'action', action: 'look' }]);
    let reads = 0;
    const journal: RunStore['journal'] = (...args) => {
      reads += 1;
      return runs.journal(...args);
    };
    const next = createWorld({ runs: { ...runs, journal }, clock: first.clock });
    await next.orchestrator.recover();
    await next.clock.advance(3_599_000);
    expect(reads).toBe(0);
    await next.clock.advance(1000);
    expect(reads).toBe(1);
    expect(next.called).toHaveLength(1);
    expect(await next.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
  });

  test('wakes a run at a whole millisecond, whatever the time scale', async () => {
    const memory = runMemory();
    const first = createWorld({ runs: memoryRunStore({ memory }), timeScale: 7000 });
    await first.run([nap]);
    await first.runs.close();
    const [claimed] = await memoryRunStore({ memory }).open();
    expect(claimed?.wakeAt).toBe(first.clock.now() + Math.ceil(3_600_000 / 7000));
  });

  test('shows and signals a run that sleeps', async () => {
    const first = createWorld();
    await first.run([{ id: 'ask', kind: 'wait', signal: 'reply' }]);
    const next = await first.restart();
    expect(await next.orchestrator.get('run_1')).toMatchObject({
      status: 'waiting',
      waitingFor: [{ kind: 'signal', path: 'ask' }],
    });
    expect((await next.orchestrator.list({ limit: 1 })).items).toMatchObject([
      { status: 'waiting', waitingFor: [{ kind: 'signal', path: 'ask' }] },
    ]);
    await next.orchestrator.signal('run_1', 'reply', 'yes', null);
    await next.clock.advance(0);
    expect(await next.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
  });
});
