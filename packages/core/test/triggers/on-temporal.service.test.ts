/** Events and webhooks start runs on a real Temporal server as they do embedded: once per id or key. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCatalog } from '../../src/catalog/catalog.js';
import { createWorkflowBuilder } from '../../src/create-workflow-builder.js';
import { memoryWorkflowStore } from '../../src/stores/memory-workflow-store.js';
import { createTemporalWorld, type TemporalWorld } from '../runtimes/temporal/support/temporal-world.js';
import { recordingLogger } from '../stores/support/recording-logger.js';

const webhookSecret = 'the secret of this host, long enough';
const workflows = memoryWorkflowStore();
let world: TemporalWorld;
beforeAll(async () => {
  world = await createTemporalWorld({ workflows });
});
afterAll(() => world.close());

const open = () =>
  createWorkflowBuilder({
    catalog: createCatalog([]),
    orchestrator: world.orchestrator,
    logger: recordingLogger(),
    workflows,
    webhookSecret,
  });

const seen = {
  steps: [{ id: 'note', kind: 'set', values: { seen: '${{ trigger }}' } }],
  output: '${{ vars.seen }}',
};

test('an event told to two servers at once starts one run, which sees it', async () => {
  const [first, second] = [open(), open()];
  const trigger = { kind: 'event', event: 'late', input: { hours: '${{ trigger.payload.hours }}' } };
  const inputs = { type: 'object', properties: { hours: { type: 'string' } }, required: ['hours'] };
  await first.workflows.create({ id: 'late', name: 'Late', trigger, inputs, ...seen });
  const event = { event: 'late', payload: { hours: 5 }, id: crypto.randomUUID() };
  const told = await Promise.all([first.triggers.event(event), second.triggers.event(event)]);
  const [run] = told[0].runs;
  expect(told.map(({ runs }) => runs.map(({ runId }) => runId))).toEqual([[run?.runId], [run?.runId]]);
  expect(await world.ended(run?.runId ?? '')).toMatchObject({
    status: 'succeeded',
    input: { hours: '5' },
    trigger: { payload: { hours: 5 } },
    output: { payload: { hours: 5 } },
  });
  expect((await second.triggers.event(event)).runs).toMatchObject([
    { runId: run?.runId, status: 'succeeded' },
  ]);
});

test('a call of a webhook starts one run per key, and none when its input does not fit', async () => {
  const builder = open();
  const inputs = { type: 'object', properties: { order: { type: 'string' } }, required: ['order'] };
  const trigger = { kind: 'webhook', input: { order: '${{ trigger.body.order }}' } };
  const saved = await builder.workflows.create({ id: 'hook', name: 'Hook', trigger, inputs, ...seen });
  const hook = { workflowId: 'hook', token: builder.triggers.hookToken(saved) ?? '' };
  const call = { body: { order: 'A-7' }, headers: {}, idempotencyKey: crypto.randomUUID() };
  const { runId } = await builder.triggers.webhook(hook, call);
  expect((await builder.triggers.webhook(hook, call)).runId).toBe(runId);
  expect(await world.ended(runId)).toMatchObject({ status: 'succeeded', input: { order: 'A-7' } });
  const other = { ...call, body: { order: [] }, idempotencyKey: crypto.randomUUID() };
  await expect(builder.triggers.webhook(hook, other)).rejects.toMatchObject({ code: 'invalid_input' });
});

test('a saved schedule becomes one of Temporal, and goes with the workflow', async () => {
  const builder = open();
  await builder.start();
  const trigger = { kind: 'schedule', cron: '0 9 1 1 *', overlap: 'buffer' };
  const scheduled = async (): Promise<number | undefined> =>
    (await world.orchestrator.scheduler?.scheduled())?.get('yearly');
  await builder.workflows.create({ id: 'yearly', name: 'Yearly', trigger, ...seen });
  await expect.poll(scheduled, { timeout: 15_000 }).toBe(1);
  await builder.workflows.replace('yearly', { id: 'yearly', name: 'Every year', trigger, ...seen }, 1);
  await expect.poll(scheduled, { timeout: 15_000 }).toBe(2);
  await builder.workflows.delete('yearly');
  await expect.poll(scheduled, { timeout: 15_000 }).toBeUndefined();
  await builder.close(0);
});
