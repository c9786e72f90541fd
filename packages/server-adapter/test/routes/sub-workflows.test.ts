import { createCatalog, createWorkflowBuilder } from '@fk-workflow/core';
import { afterEach, expect, it } from 'vitest';
import { createHandler } from '../../src/handler.js';
import { createLogger } from '../../src/logger.js';
import { jsonOf, problem } from '../support/requests.js';

const builder = createWorkflowBuilder({
  catalog: createCatalog([]),
  logger: createLogger({ level: 'silent' }),
});
const handler = createHandler(builder);
afterEach(() => builder.close(0));

const send = (method: string, path: string, body?: unknown): Promise<Response> =>
  handler(
    new Request(`http://localhost${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    }),
  );

/** The events of a run, once it has ended. */
const ended = async (runId: string): Promise<string> => {
  const stream = await handler(
    new Request(`http://localhost/api/runs/${runId}/events`, { headers: { Accept: 'text/event-stream' } }),
  );
  return stream.text();
};

it('a run asks for an approval in its sub-run, is rejected, and is retried from there', async () => {
  await builder.start();
  const ask = { id: 'ok', kind: 'approval', title: 'Enough?' };
  const gate = { id: 'gate', name: 'Gate', steps: [ask], output: '${{ steps.ok.output.decision }}' };
  expect((await send('POST', '/api/workflows', gate)).status).toBe(201);
  const sub = { id: 'sub', kind: 'workflow', workflow: 'gate', version: 1 };
  const main = {
    id: 'main',
    name: 'Main',
    steps: [{ id: 'nap', kind: 'wait', duration: 'PT0.01S' }, sub],
    output: '${{ steps.sub.output }}',
  };
  expect((await send('POST', '/api/workflows', main)).status).toBe(201);
  const circular = { ...gate, steps: [{ ...sub, workflow: 'main' }], output: null };
  const refused = await send('POST', '/api/workflows/validate', circular);
  expect(await jsonOf(refused)).toMatchObject({
    valid: false,
    problems: [{ code: 'workflow_cycle', message: expect.stringContaining('gate → main → gate') }],
  });

  const { runId }: { runId: string } = JSON.parse(
    await (await send('POST', '/api/workflows/main/runs')).text(),
  );
  await problem(await send('POST', `/api/runs/${runId}/retry`, { from: 'sub' }), 409, 'conflict');
  const answer = async (id: string, decision: string): Promise<void> => {
    const path = `/api/runs/${id}.sub/signals/ok`;
    while ((await send('POST', path, { decision })).status !== 202) await new Promise(setImmediate);
  };
  await answer(runId, 'rejected');
  expect(await ended(runId)).toContain('run.failed');
  expect(await jsonOf(await send('GET', `/api/runs/${runId}`))).toMatchObject({
    status: 'failed',
    error: { code: 'rejected', path: 'sub' },
  });

  const retried = await send('POST', `/api/runs/${runId}/retry`, { from: 'sub' });
  expect(retried.status).toBe(202);
  const again: { runId: string; retryOf: string } = JSON.parse(await retried.text());
  expect(again.retryOf).toBe(runId);
  await answer(again.runId, 'approved');
  const events = await ended(again.runId);
  expect(events).toContain('"reason":"reused"');
  expect(events).not.toContain('wait.started');
  expect(await jsonOf(await send('GET', `/api/runs/${again.runId}`))).toMatchObject({
    status: 'succeeded',
    output: 'approved',
  });
});
