import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { WorkflowBuilder, WorkflowBuilderOptions } from '../../src/builder.js';
import { actionFailure, defineAction } from '../../src/catalog/action.js';
import { createCatalog } from '../../src/catalog/catalog.js';
import { createWorkflowBuilder } from '../../src/create-workflow-builder.js';
import { openSqlite } from '../../src/stores/sqlite/open-sqlite.js';
import { recordingLogger } from '../stores/support/recording-logger.js';

/** A server whose one action counts its calls, and fails for `nobody`. */
const open = async (options: Partial<WorkflowBuilderOptions> = {}) => {
  const called: string[] = [];
  const greet = defineAction({
    id: 'greet',
    name: 'Greet',
    category: 'Test',
    effect: 'irreversible',
    description: 'Greets somebody.',
    input: z.object({ name: z.string() }),
    output: z.object({}),
    handler({ name }) {
      called.push(name);
      if (name === 'nobody') throw actionFailure('nobody_there', 'There is nobody.', { retryable: false });
      return {};
    },
  });
  const builder = createWorkflowBuilder({
    catalog: createCatalog([greet]),
    logger: recordingLogger(),
    allowInlineDefinitions: true,
    ...options,
  });
  onTestFinished(() => builder.close(0));
  await builder.start();
  return { builder, called };
};

const definition = {
  id: 'hello',
  name: 'Hello',
  inputs: {
    type: 'object',
    properties: { name: { type: 'string', default: 'Ann' }, loud: { type: 'boolean', default: false } },
  },
  steps: [{ id: 'say', kind: 'action', action: 'greet', input: { name: '${{ inputs.name }}' } }],
};

const ann = { client: 'ann', principal: 'ann' };
const once = { idempotencyKey: 'order-4711' };

const ended = async (builder: WorkflowBuilder, runId: string) => {
  for await (const _ of builder.runs.observe(runId, 0, new AbortController().signal));
  return builder.runs.get(runId);
};

test('a start that is sent again is answered with the run that it started', async () => {
  const { builder, called } = await open();
  await builder.workflows.create(definition);
  const start = (input?: object) =>
    builder.runs.start('hello', input ? { input: { ...input } } : {}, ann, once);
  const [first, second] = await Promise.all([start({ name: 'Bob' }), start({ name: 'Bob' })]);
  const run = await ended(builder, first.runId);
  expect(second.runId).toBe(first.runId);
  expect(first.runId).toMatch(/^run_[0-9a-f]{32}$/);
  expect(await start({ name: 'Bob', loud: false })).toEqual(run);
  expect(called).toEqual(['Bob']);
});

test('it is answered so whatever has become of the workflow', async () => {
  const { builder, called } = await open();
  await builder.workflows.create(definition);
  const start = () => builder.runs.start('hello', {}, ann, once);
  const { runId } = await start();
  await builder.workflows.replace(
    'hello',
    { ...definition, inputs: { ...definition.inputs, required: ['other'] } },
    1,
  );
  expect((await start()).runId).toBe(runId);
  await builder.workflows.delete('hello');
  expect((await start()).runId).toBe(runId);
  await ended(builder, runId);
  expect(called).toEqual(['Ann']);
});

test('a key that has started something else is a conflict, and starts nothing', async () => {
  const { builder, called } = await open();
  await builder.workflows.create(definition);
  await builder.workflows.create({ ...definition, id: 'other' });
  await builder.workflows.replace('hello', { ...definition, name: 'Hello again' }, 1);
  const { runId } = await builder.runs.start('hello', {}, ann, once);
  await ended(builder, runId);
  const others = [
    () => builder.runs.start('hello', { input: { name: 'Bob' } }, ann, once),
    () => builder.runs.start('hello', { version: 1 }, ann, once),
    () => builder.runs.start('other', {}, ann, once),
    () => builder.runs.execute({ definition }, ann, once),
    () => builder.runs.retry(runId, 'say', ann, once),
  ];
  for (const start of others) await expect(start()).rejects.toMatchObject({ code: 'conflict' });
  await expect(builder.runs.start('hello', { input: { name: 1 } }, ann, once)).rejects.toMatchObject({
    code: 'invalid_input',
  });
  expect(called).toEqual(['Ann']);
});

test('a key is its caller’s, and without one every start counts', async () => {
  const { builder } = await open();
  await builder.workflows.create(definition);
  const callers = [
    ann,
    { ...ann, tenant: 'acme' },
    { client: '203.0.113.7' },
    { client: '203.0.113.8' },
    undefined,
  ];
  const runs = callers.flatMap((caller) => [once, once, undefined].map((options) => ({ caller, options })));
  const ids: string[] = [];
  for (const { caller, options } of runs)
    ids.push((await builder.runs.start('hello', {}, caller, options)).runId);
  expect(new Set(ids).size).toBe(callers.length * 2);
});

test('a start that was refused leaves its key free', async () => {
  const { builder } = await open();
  const start = () => builder.runs.start('hello', {}, ann, once);
  await expect(start()).rejects.toMatchObject({ code: 'not_found' });
  await builder.workflows.create(definition);
  expect(await start()).toMatchObject({ workflowId: 'hello', status: 'running' });
});

test('inline runs and retries count once too', async () => {
  const { builder, called } = await open();
  const execute = (input: object) => builder.runs.execute({ definition, input }, ann, once);
  const { run } = await execute({ name: 'nobody' });
  expect(await ended(builder, run.runId)).toMatchObject({ status: 'failed', version: 0 });
  expect((await execute({ name: 'nobody' })).run.runId).toBe(run.runId);
  await expect(execute({ name: 'Bob' })).rejects.toMatchObject({ code: 'conflict' });

  const again = { idempotencyKey: 'again' };
  const retry = () => builder.runs.retry(run.runId, 'say', ann, again);
  const [one, two] = [await retry(), await retry()];
  expect(two.runId).toBe(one.runId);
  await ended(builder, one.runId);
  expect(called).toEqual(['nobody', 'nobody']);
});

test('the next process knows the key', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fk-workflow-once-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const ids: string[] = [];
  for (const _ of ['this process', 'the next']) {
    const stores = await openSqlite(join(folder, 'runs.db'), { logger: recordingLogger() });
    const { builder } = await open(stores);
    if (ids.length === 0) await builder.workflows.create(definition);
    const { runId } = await builder.runs.start('hello', {}, ann, once);
    await ended(builder, runId);
    ids.push(runId);
    await builder.close(0);
    await stores.close();
  }
  expect(ids[1]).toBe(ids[0]);
});
