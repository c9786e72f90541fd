import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { actionFailure } from '../../../src/catalog/action.js';
import type { Json } from '../../../src/json.js';
import type { Step } from '../../../src/workflow/definition.js';
import { serviceAddress } from '../../stores/support/service-address.js';
import { type FolderStorage, folderStorage } from './support/folder-storage.js';
import { historyText } from './support/history-text.js';
import { createNamespace } from './support/namespaces.js';
import { createTemporalWorld, type Script, type TemporalWorld } from './support/temporal-world.js';

vi.setConfig({ testTimeout: 60_000 });

const megabyte = 'x'.repeat(1_000_000);
const blob: Script = () => ({ blob: megabyte });

const look: Step = { id: 'look', kind: 'action', action: 'look' };
const put: Step = { id: 'put', kind: 'action', action: 'put', input: { of: '${{ inputs.of }}' } };
const both: Step = {
  id: 'both',
  kind: 'action',
  action: 'put',
  input: { of: ['${{ steps.look.output }}', '${{ steps.put.output }}'] },
};
const several: Step = {
  id: 'each',
  kind: 'forEach',
  items: [1, 2, 3, 4, 5],
  concurrency: 5,
  steps: [{ ...put, id: 'one' }],
};

/** A list reads the inputs of all runs: those that are stored elsewhere have a namespace of their own. */
const worldWith = async (storage?: FolderStorage, worker = true): Promise<TemporalWorld> => {
  const address = serviceAddress('TEMPORAL_ADDRESS');
  const world = await createTemporalWorld({
    address,
    worker,
    access: { namespace: await createNamespace(address) },
    scripts: { look: blob },
    ...(storage ? { dataConverter: { externalStorage: storage.externalStorage } } : {}),
  });
  onTestFinished(() => world.close());
  return world;
};

describe('with a storage for large payloads', () => {
  const stored = async (): Promise<{ readonly world: TemporalWorld; readonly storage: FolderStorage }> => {
    const storage = await folderStorage();
    onTestFinished(() => storage.remove());
    return { world: await worldWith(storage), storage };
  };

  test('inputs and outputs of 1 MB stay out of the history, and are read all the same', async () => {
    const { world, storage } = await stored();
    const output = ['${{ steps.look.output }}', '${{ steps.both.output }}'];
    const runId = await world.run([look, put, both], { output }, { of: megabyte });
    const run = await world.ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', input: { of: megabyte } });
    expect(run.output).toEqual([{ blob: megabyte }, { of: [{ blob: megabyte }, { of: megabyte }] }]);
    expect(Buffer.byteLength(await historyText(world, runId))).toBeLessThan(30_000);
    expect(await storage.size()).toBeGreaterThan(5);

    const events = await world.orchestrator.events(runId);
    expect(events.find(({ path, type }) => path === 'both' && type === 'step.started')).toMatchObject({
      input: { of: [{ blob: megabyte }, { of: megabyte }] },
    });
    await expect
      .poll(async () => (await world.orchestrator.list({ limit: 2, workflowId: 'test' })).items)
      .toMatchObject([{ runId, status: 'succeeded', output: run.output }]);
  });

  test('steps that begin together with 5 MB run', async () => {
    const { world } = await stored();
    const runId = await world.run([several], {}, { of: megabyte });
    expect(await world.ended(runId)).toMatchObject({ status: 'succeeded' });
    expect(world.called).toHaveLength(5);
  });

  test('an answer that could not be stored is asked for again, unless that does harm', async () => {
    const { world, storage } = await stored();
    Object.assign(world.scripts, { put: blob, mail: blob });
    const retry = { maxAttempts: 2, initialInterval: 'PT0.01S' };
    storage.break(1);
    const runId = await world.run([{ id: 'put', kind: 'action', action: 'put', retry }]);
    expect(await world.ended(runId)).toMatchObject({ status: 'succeeded' });
    expect(world.called.map(({ attempt }) => attempt)).toEqual([1, 2]);
    storage.break(1);
    const mailId = await world.run([{ id: 'mail', kind: 'action', action: 'mail', retry }]);
    expect(await world.ended(mailId)).toMatchObject({ status: 'failed', error: { code: 'outcome_unknown' } });
    expect(world.called).toHaveLength(3);
    expect(JSON.stringify(await world.events(runId))).not.toContain('hunter2');
  });

  test('an open run, a signal and a retry have large payloads too', async () => {
    const { world } = await stored();
    const reply: Step = { id: 'reply', kind: 'wait', signal: 'reply' };
    const output = '${{ steps.reply.output.payload }}';
    const runId = await world.run([look, put, reply], { output }, { of: megabyte });
    await world.waiting(runId);
    const story = await world.story(runId);
    expect(story.at(-2)).toBe('wait.started reply');
    const payload = { of: megabyte.repeat(3) };
    await world.orchestrator.signal(runId, 'reply', payload, null);
    expect((await world.ended(runId)).output).toEqual(payload);
    const again = await world.orchestrator.retry({ runId: `${runId}-2`, retryOf: runId, from: 'put' });
    await world.waiting(again.runId);
    expect(await world.story(again.runId)).toContain('step.skipped look');
  });
});

describe('without one, what Temporal would not take ends the run or is refused', () => {
  const tooLarge: readonly (readonly [
    string,
    steps: readonly Step[],
    more: { readonly script?: Script; readonly output?: Json; readonly of?: string },
    error: object,
  ])[] = [
    ['an input', [look, put, both], { of: megabyte }, { code: 'input_too_large', path: 'both' }],
    ['inputs of steps that begin together', [several], { of: megabyte }, { code: 'input_too_large' }],
    ['an output', [look], { script: () => megabyte.repeat(3) }, { code: 'output_too_large', path: 'look' }],
    [
      'the output of the run',
      [look],
      { output: ['${{ steps.look.output }}', '${{ steps.look.output }}'] },
      { code: 'output_too_large' },
    ],
    [
      'what a handler says of its failure',
      [look],
      {
        script: () => {
          throw actionFailure('refused', megabyte.repeat(3), { retryable: false });
        },
      },
      { code: 'refused', message: 'x'.repeat(10_000), path: 'look' },
    ],
  ];

  test.each(tooLarge)('%s', async (_, steps, { script = blob, output = null, of = '' }, error) => {
    const world = await worldWith();
    world.scripts.look = script;
    const runId = await world.run(steps, { output }, { of });
    expect(await world.ended(runId)).toMatchObject({ status: 'failed', error });
    // Its events are all there, as large as they are, and the queue is served.
    expect((await world.orchestrator.events(runId)).at(-1)).toMatchObject({ type: 'run.failed', error });
    world.scripts.look = () => null;
    expect(await world.ended(await world.run([look]))).toMatchObject({ status: 'succeeded' });
  });

  test('the input of a sub-run', async () => {
    const world = await worldWith();
    world.saved.set('inner', { id: 'inner', name: 'Inner', steps: [] });
    const of = '${{ inputs.of }}';
    const inner: Step = { id: 'inner', kind: 'workflow', workflow: 'inner', version: 1, input: { of } };
    const fits = await world.run([inner], {}, { of: megabyte });
    expect(await world.ended(fits)).toMatchObject({ status: 'succeeded' });
    const runId = await world.run([inner], {}, { of: 'x'.repeat(1_600_000) });
    expect(await world.ended(runId)).toMatchObject({
      status: 'failed',
      error: { code: 'input_too_large', path: 'inner' },
    });
  });

  test('but many reads that give 5 MB in all run, and are told again from the history', async () => {
    const world = await worldWith(undefined, false);
    const worker = await world.startWorker();
    // The second one keeps its task waiting for longer than a task may take.
    world.scripts.look = async (_, { stepId }) => {
      if (stepId === 'b') await new Promise((resolve) => setTimeout(resolve, 4500));
      return { blob: megabyte };
    };
    const reads = ['a', 'b', 'c', 'd', 'e'].map((id): Step => ({ ...look, id }));
    const runId = await world.run([...reads, { ...put, input: { of: '${{ steps.e.output }}' } }]);
    expect(await world.ended(runId)).toMatchObject({ status: 'succeeded' });
    await worker.close();
    await world.startWorker();
    expect(await world.story(runId)).toHaveLength(14);
  });

  test('a start and a signal', async () => {
    const world = await worldWith();
    const reply: Step = { id: 'reply', kind: 'wait', signal: 'reply' };
    const refused = { code: 'payload_too_large', message: expect.stringContaining('1900000 bytes') };
    await expect(world.run([reply], {}, { of: megabyte.repeat(2) })).rejects.toMatchObject(refused);
    const runId = await world.run([reply], {}, { of: megabyte });
    await world.waiting(runId);
    const signalled = world.orchestrator.signal(runId, 'reply', megabyte.repeat(2), null);
    await expect(signalled).rejects.toMatchObject(refused);
    await world.orchestrator.signal(runId, 'reply', megabyte, null);
    expect(await world.ended(runId)).toMatchObject({ status: 'succeeded' });
  });
});
