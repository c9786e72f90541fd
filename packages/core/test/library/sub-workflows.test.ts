import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { WorkflowBuilder } from '../../src/builder.js';
import { actionFailure, defineAction } from '../../src/catalog/action.js';
import { createCatalog } from '../../src/catalog/catalog.js';
import { createWorkflowBuilder } from '../../src/create-workflow-builder.js';
import { manualClock } from '../../src/testing/manual-clock.js';
import { recordingLogger } from '../stores/support/recording-logger.js';

const opened: WorkflowBuilder[] = [];
afterEach(async () => {
  for (const builder of opened.splice(0)) await builder.close(0);
});

/** A builder with an action that takes a key and, the first time, fails when it is told to. */
const open = async () => {
  const clock = manualClock();
  const keys: string[] = [];
  let failures = 0;
  const login = defineAction({
    id: 'login',
    name: 'Log in',
    category: 'Test',
    effect: 'write',
    description: 'Logs in.',
    input: z.object({ token: z.string(), fails: z.boolean().optional() }),
    output: z.object({ ok: z.boolean() }),
    handler({ token, fails }, { key }) {
      keys.push(key);
      failures += fails ? 1 : 0;
      if (fails && failures === 1) throw actionFailure('down', 'It is down.', { retryable: false });
      return { ok: token === 'the real token' };
    },
  });
  const builder = createWorkflowBuilder({
    catalog: createCatalog([login]),
    logger: recordingLogger(),
    clock,
    secrets: async (name) => (name === 'TOKEN' ? 'the real token' : undefined),
  });
  opened.push(builder);
  await builder.start();
  return { builder, clock, keys };
};

const problemsOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => Promise.reject(new Error('expected a failure')),
    (error) => error.details.problems,
  );

const runs = (id: string, workflow: string, version: number, input?: object) => ({
  id,
  name: id,
  steps: [{ id: 'sub', kind: 'workflow', workflow, version, ...(input ? { input } : {}) }],
});

const child = {
  id: 'child',
  name: 'Child',
  inputs: { type: 'object', required: ['fails'], properties: { fails: { type: 'boolean' } } },
  steps: [
    {
      id: 'login',
      kind: 'action',
      action: 'login',
      input: { token: '${{ secrets.TOKEN }}', fails: '${{ inputs.fails }}' },
    },
  ],
  output: '${{ steps.login.output.ok }}',
};

describe('saved workflows that run one another', () => {
  test('are checked when they are saved', async () => {
    const { builder } = await open();
    expect(await problemsOf(builder.workflows.create(runs('main', 'child', 1)))).toMatchObject([
      { code: 'unknown_workflow', path: '/steps/0/workflow' },
    ]);
    await builder.workflows.create(child);
    expect(await problemsOf(builder.workflows.create(runs('main', 'child', 2)))).toMatchObject([
      { code: 'unknown_workflow', path: '/steps/0/version' },
    ]);
    expect(await problemsOf(builder.workflows.create(runs('main', 'child', 1)))).toMatchObject([
      { code: 'missing_input', path: '/steps/0/input/fails' },
    ]);
    const main = runs('main', 'child', 1, { fails: false });
    expect(await builder.workflows.validate(main)).toEqual({ valid: true, problems: [] });
    await builder.workflows.create(main);
  });

  test('never come back to themselves, through however many', async () => {
    const { builder } = await open();
    const none = { id: 'a', name: 'a', steps: [] };
    await builder.workflows.create(none);
    await builder.workflows.create(runs('b', 'a', 1));
    await builder.workflows.create(runs('c', 'b', 1));
    expect(await problemsOf(builder.workflows.replace('a', runs('a', 'c', 1), 1))).toMatchObject([
      { code: 'workflow_cycle', message: expect.stringContaining('a → c → b → a') },
    ]);
    // Deleted and saved anew, so that the old versions come to mean something else.
    await builder.workflows.delete('a');
    expect(await problemsOf(builder.workflows.create(runs('a', 'c', 1)))).toMatchObject([
      { code: 'workflow_cycle' },
    ]);
  });

  test('are checked again when a run starts', async () => {
    const { builder } = await open();
    await builder.workflows.create(child);
    await builder.workflows.create(runs('main', 'child', 1, { fails: false }));
    await builder.workflows.delete('child');
    expect(await problemsOf(builder.runs.start('main', {}))).toMatchObject([{ code: 'unknown_workflow' }]);
  });

  test('run, fail and are retried', async () => {
    const { builder, clock, keys } = await open();
    await builder.workflows.create(child);
    await builder.workflows.create(runs('main', 'child', 1, { fails: true }));
    const { runId } = await builder.runs.start('main', {});
    await clock.advance(0);
    expect(await builder.runs.get(runId)).toMatchObject({
      status: 'failed',
      error: { code: 'down', message: 'It is down.', path: 'sub' },
    });
    const retry = await builder.runs.retry(runId, 'sub');
    expect(retry).toMatchObject({ retryOf: runId, workflowId: 'main', version: 1 });
    await clock.advance(0);
    expect(await builder.runs.get(retry.runId)).toMatchObject({ status: 'succeeded' });
    expect(await builder.runs.get(`${retry.runId}.sub`)).toMatchObject({ status: 'succeeded', output: true });
    expect(keys).toEqual([`${runId}.sub/login`, `${retry.runId}.sub/login`]);
  });
});
