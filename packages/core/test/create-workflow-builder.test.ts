import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { WorkflowBuilder, WorkflowBuilderOptions } from '../src/builder.js';
import { actionFailure, defineAction } from '../src/catalog/action.js';
import { createCatalog } from '../src/catalog/catalog.js';
import { createWorkflowBuilder } from '../src/create-workflow-builder.js';
import type { WorkflowError } from '../src/errors.js';
import { manualClock } from '../src/testing/manual-clock.js';
import { recordingLogger } from './stores/support/recording-logger.js';

const greet = defineAction({
  id: 'greet',
  name: 'Greet',
  category: 'Test',
  effect: 'read',
  description: 'Greets somebody.',
  input: z.object({ name: z.string(), loud: z.boolean().optional() }),
  output: z.object({ text: z.string() }),
  handler: ({ name }) => {
    if (name === 'nobody') throw actionFailure('nobody_there', 'There is nobody.', { retryable: false });
    return { text: `Hello ${name}` };
  },
});

const opened: WorkflowBuilder[] = [];
afterEach(async () => {
  for (const builder of opened.splice(0)) await builder.close(0);
});

const open = async (options: Partial<WorkflowBuilderOptions> = {}) => {
  const logger = recordingLogger();
  const clock = manualClock();
  const builder = createWorkflowBuilder({ catalog: createCatalog([greet]), logger, clock, ...options });
  opened.push(builder);
  await builder.start();
  return { builder, clock, logger };
};

const caller = { client: 'address:203.0.113.7' };

const definition = {
  id: 'hello',
  name: 'Hello',
  inputs: {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, greeting: { type: 'string', default: 'Hi' } },
  },
  steps: [{ id: 'say', kind: 'action', action: 'greet', input: { name: '${{ inputs.name }}' } }],
  output: '${{ steps.say.output.text }}',
};

const ended = async (builder: WorkflowBuilder, runId: string) => {
  for await (const _ of builder.runs.observe(runId, 0, new AbortController().signal));
  return builder.runs.get(runId);
};

const errorOf = (call: Promise<unknown>): Promise<WorkflowError> =>
  call.then(
    () => Promise.reject(new Error('expected a failure')),
    (error: WorkflowError) => error,
  );

test('runs a saved workflow with its defaults, and keeps the version it started with', async () => {
  const { builder } = await open();
  expect(await builder.workflows.create(definition)).toMatchObject({ id: 'hello', version: 1 });
  const first = await builder.runs.start('hello', { input: { name: 'Ann' } });
  expect(first).toMatchObject({ workflowId: 'hello', version: 1, input: { name: 'Ann', greeting: 'Hi' } });
  expect(first.runId).toMatch(/^run_/);
  await builder.workflows.replace('hello', { ...definition, output: 'second' }, 1);
  expect(await ended(builder, first.runId)).toMatchObject({ status: 'succeeded', output: 'Hello Ann' });

  const second = await builder.runs.start('hello', { input: { name: 'Ann' } });
  expect(await ended(builder, second.runId)).toMatchObject({ version: 2, output: 'second' });
  const pinned = await builder.runs.start('hello', { input: { name: 'Bob' }, version: 1 });
  expect(await ended(builder, pinned.runId)).toMatchObject({ version: 1, output: 'Hello Bob' });
  await builder.workflows.delete('hello');
  expect(await builder.runs.get(pinned.runId)).toMatchObject({ status: 'succeeded' });
});

test('a failed action ends the run with its code and path', async () => {
  const { builder } = await open();
  await builder.workflows.create(definition);
  const { runId } = await builder.runs.start('hello', { input: { name: 'nobody' } });
  expect(await ended(builder, runId)).toMatchObject({
    status: 'failed',
    error: { code: 'nobody_there', message: 'There is nobody.', path: 'say' },
  });
});

describe('what is refused', () => {
  test('a definition with errors is not saved, and all its problems are told', async () => {
    const { builder } = await open();
    const bad = {
      ...definition,
      steps: [{ id: 'say', kind: 'action', action: 'great', input: { name: 1 } }],
    };
    const error = await errorOf(builder.workflows.create(bad));
    expect(error.code).toBe('invalid_definition');
    expect(error.details?.problems).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'unknown_action', stepId: 'say' })]),
    );
    expect((await builder.workflows.list({ limit: 10 })).items).toEqual([]);
  });

  test('input that does not fit names the field', async () => {
    const { builder } = await open();
    await builder.workflows.create(definition);
    const error = await errorOf(builder.runs.start('hello', { input: { name: 7 } }));
    expect(error.code).toBe('invalid_input');
    expect(error.details?.problems).toEqual([expect.objectContaining({ path: '/name' })]);
    expect((await builder.runs.list({ limit: 10 })).items).toEqual([]);
  });

  test('another id than the path, a stale version, what is not there', async () => {
    const { builder } = await open();
    await builder.workflows.create(definition);
    expect((await errorOf(builder.workflows.create(definition))).code).toBe('already_exists');
    expect((await errorOf(builder.workflows.replace('other', definition, 1))).code).toBe('invalid_request');
    expect((await errorOf(builder.workflows.replace('hello', definition, 4))).code).toBe('version_conflict');
    expect((await errorOf(builder.workflows.get('hello', 9))).message).toContain('the newest is 1');
    expect((await errorOf(builder.runs.start('nothing', {}))).code).toBe('not_found');
    expect((await errorOf(builder.runs.get('run_nothing'))).code).toBe('not_found');
  });

  test('inline definitions, unless the host allows them', async () => {
    const { builder } = await open();
    expect((await errorOf(builder.runs.execute({ definition, input: { name: 'Ann' } }))).code).toBe(
      'forbidden',
    );
    const { builder: open2 } = await open({ allowInlineDefinitions: true });
    const { run, taskQueue } = await open2.runs.execute({ definition, input: { name: 'Ann' } });
    expect([run.version, taskQueue]).toEqual([0, 'embedded']);
    expect((await errorOf(open2.runs.execute({ definition, inputs: {} }))).message).toContain('"inputs"');
    expect((await errorOf(open2.runs.execute('hello'))).code).toBe('invalid_request');
  });
});

test('validation answers any value with data', async () => {
  const { builder } = await open();
  expect(await builder.workflows.validate(definition)).toEqual({ valid: true, problems: [] });
  for (const value of [null, 7, 'x', [], {}, { nodes: [] }, { id: 'a', name: 'b', nodes: [{ id: 1 }] }]) {
    const answer = await builder.workflows.validate(value);
    expect([answer.valid, answer.problems.length > 0]).toEqual([false, true]);
  }
});

test('health and readiness tell where it is, from what is known', async () => {
  const logger = recordingLogger();
  const builder = createWorkflowBuilder({ catalog: createCatalog([greet]), logger, clock: manualClock() });
  expect(logger.lines).toEqual([expect.stringMatching(/^warn: .*memory/)]);
  expect(builder.ready()).toBe(false);
  await builder.start();
  expect(builder.ready()).toBe(true);
  expect(builder.health()).toEqual({
    status: 'healthy',
    agent: 'ready',
    temporal: 'disabled',
    session_store: 'memory',
    journal: 'memory',
    model: 'offline-planner',
    timestamp: '2030-01-01T00:00:00.000Z',
  });
  await builder.workflows.create(definition);
  await builder.close(0);
  expect(builder.ready()).toBe(false);
  expect(builder.health()).toMatchObject({ status: 'degraded', agent: 'unavailable' });
  expect((await errorOf(builder.runs.start('hello', { input: { name: 'Ann' } }))).code).toBe('shutting_down');
});

test('a session lost to memory shows in health with its reason', async () => {
  const { builder: healthy } = await open();
  const { builder } = await open({
    sessions: {
      kind: 'redis',
      load: async () => undefined,
      save: async () => 1,
      delete: async () => false,
      degraded: () => 'Redis does not answer.',
      close: async () => undefined,
    },
  });
  expect(healthy.health().status).toBe('healthy');
  expect(builder.health()).toMatchObject({
    status: 'degraded',
    session_store: 'memory',
    reasons: ['Redis does not answer.'],
  });
});

test.each([
  [{ limits: { steps: 0 } }, /limits\.steps/],
  [{ limits: { turnTimeoutMs: 1.5 } }, /limits\.turnTimeoutMs/],
  [{ timeScale: 0 }, /timeScale/],
])('an option that makes no sense stops the start: %j', (options, sentence) => {
  expect(() => createWorkflowBuilder({ catalog: createCatalog([greet]), ...options })).toThrow(sentence);
});

test('a sentence becomes a draft that runs', async () => {
  const { builder } = await open();
  const turn = await builder.chat.send({ session_id: 's1', message: 'greet "Ann"' }, caller);
  const { draft } = await turn.answer;
  if (!draft) throw new Error('nothing was drafted');
  const saved = await builder.workflows.create(draft.definition);
  const { runId } = await builder.runs.start(saved.id, { input: { name: 'Ann' } });
  expect((await ended(builder, runId)).status).toBe('succeeded');
});
