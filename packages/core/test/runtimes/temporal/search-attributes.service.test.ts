import { expect, onTestFinished, test } from 'vitest';
import { connectTemporal } from '../../../src/runtimes/temporal/client/connect-temporal.js';
import type { Step } from '../../../src/workflow/definition.js';
import { recordingLogger } from '../../stores/support/recording-logger.js';
import { serviceAddress } from '../../stores/support/service-address.js';
import { createNamespace } from './support/namespaces.js';
import { createTemporalWorld, type TemporalWorld, until } from './support/temporal-world.js';

const address = serviceAddress('TEMPORAL_ADDRESS');

/** Of `temporal.api.enums.v1.IndexedValueType`. */
const keyword = 2;

const worldIn = async (namespace: string): Promise<TemporalWorld> => {
  const world = await createTemporalWorld({ address, access: { namespace } });
  onTestFinished(() => world.close());
  return world;
};

const gate: Step = { id: 'ok', kind: 'approval', title: 'Go on?' };
const sub: Step = { id: 'sub', kind: 'workflow', workflow: 'inner', version: 1 };

const startFor = async (world: TemporalWorld, tenant: string, steps: readonly Step[]): Promise<string> => {
  const definition = { id: 'test', name: 'Test', steps };
  const runId = `run_${tenant}`;
  await world.orchestrator.start({ runId, definition, version: 1, input: {}, tenant });
  return runId;
};

const attributesOf = async (world: TemporalWorld, runId: string) => {
  const described = await world.connection.client.workflow.getHandle(runId).describe();
  return described.searchAttributes;
};

test('runs, their sub-runs and retries are found by tenant', async () => {
  const world = await worldIn(await createNamespace(address));
  world.saved.set('inner', { id: 'inner', name: 'Inner', steps: [gate] });
  const runId = await startFor(world, 'acme', [sub]);
  await startFor(world, 'other', []);
  await world.waiting(`${runId}.sub`);
  for (const id of [runId, `${runId}.sub`]) {
    expect(await attributesOf(world, id)).toMatchObject({
      FkWorkflowTenant: ['acme'],
      FkWorkflowVersion: [1],
    });
    expect(await world.orchestrator.get(id)).toMatchObject({ tenant: 'acme' });
  }
  await world.orchestrator.signal(`${runId}.sub`, 'ok', { decision: 'rejected' }, null);
  await world.ended(runId);
  const again = await world.orchestrator.retry({ runId: `${runId}-2`, retryOf: runId, from: 'sub' });
  expect(again).toMatchObject({ tenant: 'acme', retryOf: runId });
  await world.waiting(`${runId}-2.sub`);

  const found = async () => {
    const ids: string[] = [];
    for await (const one of world.connection.client.workflow.list({ query: "FkWorkflowTenant = 'acme'" }))
      ids.push(one.workflowId);
    return ids.sort();
  };
  const expected = [runId, `${runId}-2`, `${runId}-2.sub`, `${runId}.sub`];
  await expect.poll(found, { timeout: 20_000 }).toEqual(expected);
});

test('a namespace without room for the tenant shows the others, and says so once', async () => {
  const namespace = await createNamespace(address);
  const connection = await connectTemporal({ address, namespace, logger: recordingLogger() });
  onTestFinished(() => connection.close());
  const operator = connection.client.connection.operatorService;
  const add = (searchAttributes: Record<string, number>) =>
    connection.call(() => operator.addSearchAttributes({ namespace, searchAttributes }));
  await add({ FkWorkflow: keyword, FkWorkflowVersion: 3, FkWorkflowStatus: keyword });
  // The development server takes ten keywords a namespace.
  await add(Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`Other${index}`, keyword])));

  const world = await worldIn(namespace);
  const runId = await startFor(world, 'acme', [gate]);
  await startFor(world, 'other', []);
  await world.waiting(runId);
  await until(async () => (await attributesOf(world, runId)).FkWorkflowStatus?.[0] === 'waiting');
  expect(await attributesOf(world, runId)).not.toHaveProperty('FkWorkflowTenant');
  expect(await world.orchestrator.get(runId)).toMatchObject({ tenant: 'acme' });
  const warnings = world.logged.filter((line) => line.includes('cannot be registered'));
  expect(warnings).toEqual(['warn: Search attributes cannot be registered: runs go without them.']);
});
