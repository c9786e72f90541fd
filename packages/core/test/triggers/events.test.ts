import { expect, test } from 'vitest';
import { WorkflowError } from '../../src/errors.js';
import { memoryRunStore } from '../../src/stores/memory-run-store.js';
import { world } from './support/world.js';

const inputs = {
  type: 'object',
  required: ['shipment'],
  properties: { shipment: { type: 'string' } },
  additionalProperties: false,
};

const onDelay = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  name: id,
  trigger: {
    kind: 'event',
    event: 'shipment.delayed',
    input: { shipment: '${{ trigger.payload.id }}' },
    ...more,
  },
  inputs,
  steps: [{ id: 'go', kind: 'wait', signal: 'go' }],
});

const delayed = { event: 'shipment.delayed', payload: { id: 'FK-1', hours: 5 }, id: 'evt-1' };

test('starts every workflow that waits for it and whose condition holds', async () => {
  const { workflows, runs, triggers } = await world('2030-01-01T00:00:00Z').open();
  await workflows.create(onDelay('all'));
  await workflows.create(onDelay('long', { when: '${{ trigger.payload.hours > 4 }}' }));
  await workflows.create(onDelay('longer', { when: '${{ trigger.payload.hours > 24 }}' }));
  await workflows.create(onDelay('other', { event: 'shipment.lost' }));
  await workflows.create(onDelay('past'));
  await workflows.replace('past', { ...onDelay('past'), trigger: { kind: 'manual' } }, 1);
  const { runs: started, skipped } = await triggers.event(delayed);
  expect(skipped).toEqual([]);
  expect(started.map(({ workflowId, input, trigger }) => [workflowId, input, trigger])).toEqual([
    ['all', { shipment: 'FK-1' }, { payload: delayed.payload }],
    ['long', { shipment: 'FK-1' }, { payload: delayed.payload }],
  ]);
  expect((await runs.list({ limit: 10 })).items).toHaveLength(2);
});

test('starts once per id, on every server, and answers the same runs again', async () => {
  const { open } = world('2030-01-01T00:00:00Z');
  const [first, second] = [await open(), await open()];
  await first.workflows.create(onDelay('one'));
  const [told, meanwhile] = await Promise.all([
    first.triggers.event(delayed),
    second.triggers.event(delayed),
  ]);
  const again = await second.triggers.event(delayed);
  const ids = [told, meanwhile, again].map(({ runs }) => runs.map(({ runId }) => runId));
  expect(new Set(ids.flat()).size).toBe(1);
  // Also when the workflow has become another one since.
  const picky = { ...inputs, required: ['shipment', 'port'], properties: { ...inputs.properties, port: {} } };
  await first.workflows.replace('one', { ...onDelay('one'), inputs: picky }, 1);
  expect((await first.triggers.event(delayed)).runs.map(({ runId }) => runId)).toEqual(ids[0]);
  expect((await first.triggers.event({ ...delayed, id: 'evt-2' })).skipped).toHaveLength(1);
  expect((await first.runs.list({ limit: 10 })).items).toHaveLength(1);
});

test('tells which workflows it could not start and why, and starts the others', async () => {
  const { open, logger } = world('2030-01-01T00:00:00Z');
  const { workflows, triggers, runs } = await open();
  await workflows.create(onDelay('bad-input', { input: { shipment: '${{ trigger.payload.ids }}' } }));
  await workflows.create(onDelay('bad-when', { when: '${{ trigger.payload.id + 1 > 2 }}' }));
  await workflows.create(onDelay('good'));
  const told = await triggers.event({ ...delayed, payload: { id: 'FK-1', ids: ['a'] } });
  expect(told.runs.map(({ workflowId }) => workflowId)).toEqual(['good']);
  expect(told.skipped).toEqual([
    { workflowId: 'bad-input', code: 'invalid_input', message: expect.stringContaining('"shipment"') },
    { workflowId: 'bad-when', code: 'expression_failed', message: expect.any(String) },
  ]);
  expect(logger.lines.filter((line) => line === 'warn: An event has not started a workflow.')).toHaveLength(
    2,
  );
  expect((await runs.list({ limit: 10 })).items).toHaveLength(1);
});

test('is to be told again when a store was away, and then starts what is missing', async () => {
  const { open } = world('2030-01-01T00:00:00Z');
  const store = memoryRunStore();
  let away = true;
  const runs = {
    ...store,
    create: async (...stored: Parameters<typeof store.create>) => {
      if (away && stored[0].run.workflowId === 'one') {
        throw new WorkflowError('store_unavailable', 'The database does not answer.');
      }
      return store.create(...stored);
    },
  };
  const builder = await open({ runs });
  await builder.workflows.create(onDelay('one'));
  await builder.workflows.create(onDelay('two'));
  await expect(builder.triggers.event(delayed)).rejects.toMatchObject({ code: 'store_unavailable' });
  away = false;
  expect((await builder.triggers.event(delayed)).runs.map(({ workflowId }) => workflowId)).toEqual([
    'one',
    'two',
  ]);
  expect((await builder.runs.list({ limit: 10 })).items).toHaveLength(2);
});

test('of one tenant is no event of another', async () => {
  const { workflows, triggers } = await world('2030-01-01T00:00:00Z').open();
  await workflows.create(onDelay('one'));
  const [acme] = (await triggers.event(delayed, { tenant: 'acme' })).runs;
  const [other] = (await triggers.event(delayed, { tenant: 'other' })).runs;
  expect([acme?.tenant, other?.tenant]).toEqual(['acme', 'other']);
  expect(acme?.runId).not.toBe(other?.runId);
});

test('is found among more workflows than a page holds', async () => {
  const { workflows, triggers } = await world('2030-01-01T00:00:00Z').open();
  for (let index = 0; index < 120; index += 1) {
    await workflows.create({
      ...onDelay(`w${index}`),
      ...(index % 40 ? { trigger: { kind: 'manual' } } : {}),
    });
  }
  expect((await triggers.event(delayed)).runs.map(({ workflowId }) => workflowId)).toEqual([
    'w0',
    'w40',
    'w80',
  ]);
});
