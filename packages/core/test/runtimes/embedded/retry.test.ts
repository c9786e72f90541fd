import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryRunStore } from '../../../src/stores/memory-run-store.js';
import type { Step } from '../../../src/workflow/definition.js';
import { randomSteps } from '../../interpreter/support/random-steps.js';
import { drive, orderedWorld } from './support/ordered-world.js';
import { createWorld, failing } from './support/world.js';

const steps: readonly Step[] = [
  { id: 'one', kind: 'action', action: 'look', input: { n: 1 } },
  { id: 'nap', kind: 'wait', duration: 'PT1H' },
  { id: 'two', kind: 'action', action: 'mail', input: { to: '${{ steps.one.output.n }}' } },
  { id: 'three', kind: 'action', action: 'pay' },
];

const failedRun = async () => {
  const world = createWorld({ scripts: { mail: failing(1, 'full', false) } });
  await world.run(steps, { output: '${{ steps.one.output.n }}' });
  await world.clock.advance(3_600_000);
  expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'failed', error: { path: 'two' } });
  return world;
};

describe('a retry', () => {
  test('is a new run that goes on where the earlier one failed', async () => {
    const world = await failedRun();
    const { orchestrator, clock, called } = world;
    const run = await orchestrator.retry({ runId: 'run_2', retryOf: 'run_1', from: 'two' });
    expect(run).toMatchObject({ runId: 'run_2', retryOf: 'run_1', retryFrom: 'two', status: 'running' });
    await clock.advance(0);
    expect(await world.story('run_2')).toEqual([
      'run.started',
      'step.skipped one',
      'step.skipped nap',
      'step.started two',
      'step.succeeded two',
      'step.started three',
      'step.succeeded three',
      'run.succeeded',
    ]);
    expect(called.map(({ action, key }) => `${action} ${key}`)).toEqual([
      'look run_1/one',
      'mail run_1/two',
      'mail run_1/two',
      'pay run_2/three',
    ]);
    expect(called.at(2)?.input).toEqual({ to: '1' });
    expect(await orchestrator.get('run_2')).toMatchObject({ status: 'succeeded', output: 1 });
    // The earlier run stays as it was.
    expect(await orchestrator.get('run_1')).toMatchObject({ status: 'failed' });
  });

  test('runs what had succeeded with a new key', async () => {
    const { orchestrator, clock, called } = await failedRun();
    await orchestrator.retry({ runId: 'run_2', retryOf: 'run_1', from: 'one' });
    await clock.advance(3_600_000);
    expect(called.map(({ key }) => key).slice(2)).toEqual(['run_2/one', 'run_1/two', 'run_2/three']);
  });

  test('survives a crash with all it took over', async () => {
    const world = await failedRun();
    await world.orchestrator.retry({ runId: 'run_2', retryOf: 'run_1', from: 'nap' });
    await world.clock.advance(0);
    const next = await world.restart();
    await next.clock.advance(3_600_000);
    expect(next.called.map(({ key }) => key)).toEqual(['run_1/two', 'run_2/three']);
    expect((await next.story('run_2')).slice(0, 3)).toEqual([
      'run.started',
      'step.skipped one',
      'step.started nap',
    ]);
    const third = await next.restart();
    expect(await third.events('run_2')).toEqual(await next.events('run_2'));
  });

  test('can be retried itself', async () => {
    const world = createWorld({ scripts: { mail: failing(2, 'full', false) } });
    await world.run(steps);
    await world.clock.advance(3_600_000);
    const { orchestrator, clock, called } = world;
    await orchestrator.retry({ runId: 'run_2', retryOf: 'run_1', from: 'two' });
    await clock.advance(0);
    await orchestrator.retry({ runId: 'run_3', retryOf: 'run_2', from: 'two' });
    await clock.advance(0);
    expect(await orchestrator.get('run_3')).toMatchObject({ status: 'succeeded', retryOf: 'run_2' });
    expect(called.map(({ key }) => key)).toEqual([
      'run_1/one',
      'run_1/two',
      'run_1/two',
      'run_1/two',
      'run_3/three',
    ]);
  });

  test('is refused for an open run, an unknown run and a step that was not reached', async () => {
    const world = createWorld();
    await world.run(steps);
    const { orchestrator, clock } = world;
    const retry = (retryOf: string, from: string) => orchestrator.retry({ runId: 'run_2', retryOf, from });
    await expect(retry('run_1', 'one')).rejects.toMatchObject({ code: 'conflict' });
    await expect(retry('run_0', 'one')).rejects.toMatchObject({ code: 'not_found' });
    await orchestrator.cancel('run_1', null);
    await clock.advance(0);
    await expect(retry('run_1', 'two')).rejects.toMatchObject({
      code: 'invalid_request',
      details: { paths: ['one', 'nap'] },
    });
    expect(await orchestrator.get('run_2')).toBeUndefined();
  });

  test('that a crash kept from beginning fails, and calls nothing', async () => {
    const runs = memoryRunStore();
    const world = createWorld({ runs, scripts: { mail: failing(1, 'full', false) } });
    await world.run(steps);
    await world.clock.advance(3_600_000);
    // The first of the two writes of its start.
    const stored = await runs.get('run_1');
    if (!stored) throw new Error('The run is gone.');
    const { runId: _, status: __, error: ___, endedAt: ____, ...rest } = stored.run;
    await runs.create({
      run: { ...rest, runId: 'run_2', status: 'running', retryOf: 'run_1', retryFrom: 'two' },
      definition: stored.definition,
    });
    const next = await world.restart();
    expect(next.called).toEqual([]);
    expect(await next.orchestrator.get('run_2')).toMatchObject({
      status: 'failed',
      error: { code: 'interrupted' },
    });
  });

  test('takes over what a sub-workflow gave', async () => {
    const sub = { id: 'sub', name: 'Sub', steps: [], output: 7 };
    const world = createWorld({ workflows: [sub], scripts: { mail: failing(1, 'full', false) } });
    await world.run([
      { id: 'sub', kind: 'workflow', workflow: 'sub', version: 1 },
      { id: 'send', kind: 'action', action: 'mail', input: { to: '${{ steps.sub.output }}' } },
    ]);
    await world.orchestrator.retry({ runId: 'run_2', retryOf: 'run_1', from: 'send' });
    await world.clock.advance(0);
    expect(world.called.at(-1)?.input).toEqual({ to: '7' });
    expect(await world.orchestrator.get('run_2.sub')).toBeUndefined();
  });
});

test('random runs are retried from any step: what is reused is not called, and keys say what is new', {
  timeout: 120_000,
}, async () => {
  let reused = 0;
  await fc.assert(
    fc.asyncProperty(randomSteps, fc.nat(), async (steps, choice) => {
      const world = orderedWorld();
      await world.run(steps);
      await drive(world);
      const earlier = await world.orchestrator.events('run_1');
      const paths = earlier.flatMap((event) => (event.type === 'step.started' ? [event.path] : []));
      const from = paths[choice % paths.length] ?? '';
      const before = world.called.length;
      await world.orchestrator.retry({ runId: 'run_2', retryOf: 'run_1', from });
      await drive(world);

      const events = await world.orchestrator.events('run_2');
      const skipped = events.flatMap((event) => (event.type === 'step.skipped' ? [event.path] : []));
      reused += skipped.length;
      expect(skipped).not.toContain(from);
      const cut = earlier.findIndex((event) => event.path === from);
      const endedBefore = new Set(
        earlier
          .slice(0, cut)
          .flatMap(({ type, path }) => (type === 'step.succeeded' || type === 'step.failed' ? [path] : [])),
      );
      for (const path of skipped) expect(endedBefore).toContain(path);

      const failed = new Set(earlier.flatMap(({ type, path }) => (type === 'step.failed' ? [path] : [])));
      const undone = new Set(
        earlier.flatMap(({ type, path }) => (type === 'compensation.succeeded' ? [path] : [])),
      );
      for (const path of skipped) expect(undone).not.toContain(path);
      for (const { key } of world.called.slice(before)) {
        const [, runId = '', path = '', undo] = /^(run_\d)\/([^#]+)(#undo)?$/.exec(key) ?? [];
        if (!undo) expect(skipped).not.toContain(path);
        const keeps = skipped.includes(path) || (failed.has(path) && !undone.has(path));
        expect([key, runId]).toEqual([key, keeps ? 'run_1' : 'run_2']);
      }

      const next = await world.restart();
      expect(await next.orchestrator.events('run_2')).toEqual(events);
    }),
    { numRuns: 60, seed: 20300101 },
  );
  expect(reused).toBeGreaterThan(50);
});
