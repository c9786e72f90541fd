import { expect, test } from 'vitest';
import type { Definition } from '../../../src/workflow/definition.js';
import { createWorld } from './support/world.js';

const inner: Definition = {
  id: 'inner',
  name: 'Inner',
  steps: [{ id: 'ok', kind: 'approval', title: 'Go on?' }],
};
const outer: Definition = {
  id: 'outer',
  name: 'Outer',
  steps: [{ id: 'sub', kind: 'workflow', workflow: 'inner', version: 1 }],
};

test('a tenant stays on the run, its sub-runs and its retries, over a restart', async () => {
  const { orchestrator, clock, restart } = createWorld({ workflows: [inner] });
  const request = { definition: outer, version: 1, input: {} };
  await orchestrator.start({ ...request, runId: 'run_1', tenant: 'acme' });
  await orchestrator.start({ ...request, runId: 'run_2' });
  await clock.advance(0);
  expect(await orchestrator.get('run_1.sub')).toMatchObject({ tenant: 'acme' });
  expect(await orchestrator.get('run_2')).not.toHaveProperty('tenant');
  expect(await orchestrator.get('run_2.sub')).not.toHaveProperty('tenant');
  await orchestrator.signal('run_1.sub', 'ok', { decision: 'rejected' }, null);
  await orchestrator.close();

  const next = await restart();
  expect(await next.orchestrator.get('run_1')).toMatchObject({ tenant: 'acme', status: 'failed' });
  const retried = await next.orchestrator.retry({ runId: 'run_3', retryOf: 'run_1', from: 'sub' });
  expect(retried).toMatchObject({ tenant: 'acme', retryOf: 'run_1' });
});
