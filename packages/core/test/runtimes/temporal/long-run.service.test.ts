import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporalServer } from './support/temporal-server.js';
import { createTemporalWorld } from './support/temporal-world.js';

test('a long run goes on with fresh histories, and loses nothing', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fk-workflow-temporal-'));
  const shortHistories = ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=40'];
  const server = await temporalServer(join(folder, 'temporal.db'), shortHistories);
  await server.start();
  const world = await createTemporalWorld({ address: server.address });
  onTestFinished(async () => {
    await world.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const rounds = 30;
  const runId = await world.run(
    [
      { id: 'nap', kind: 'wait', duration: 'PT1S' },
      {
        id: 'again',
        kind: 'repeat',
        max: rounds,
        steps: [{ id: 'put', kind: 'action', action: 'put', input: { n: 1 } }],
      },
      { id: 'reply', kind: 'wait', signal: 'reply' },
      { id: 'more', kind: 'wait', signal: 'more' },
      { id: 'last', kind: 'wait', signal: 'last' },
    ],
    { output: '${{ steps.reply.output.payload }}' },
  );
  // Early, so that the signal is kept over the histories.
  await world.waiting(runId);
  const send = (name: string, payload: string) =>
    world.orchestrator.signal(runId, name, payload, null, `key of ${name}`);
  await send('reply', 'kept');
  await send('more', 'kept');

  await world.untilRun(runId, ({ waitingFor }) => waitingFor?.some(({ path }) => path === 'last') ?? false);
  // Sent again in another history, it counts once.
  await send('reply', 'kept');
  await expect(send('reply', 'another')).rejects.toMatchObject({ code: 'conflict' });
  await world.orchestrator.signal(runId, 'last', null, null);
  expect(await world.ended(runId)).toMatchObject({ status: 'succeeded', output: 'kept' });
  expect(world.called.map(({ key }) => key)).toEqual(
    Array.from({ length: rounds }, (_, round) => `${runId}/again[${round}]/put`),
  );
  await send('more', 'kept');
  await expect(send('more', 'another')).rejects.toMatchObject({
    message: expect.stringContaining('Idempotency-Key'),
  });

  const events = await world.orchestrator.events(runId);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.filter(({ type }) => type === 'step.succeeded')).toHaveLength(rounds + 5);

  const { client } = world.connection;
  const { raw } = await client.workflow.getHandle(runId).describe();
  expect(raw.workflowExecutionInfo?.firstRunId).not.toBe(raw.workflowExecutionInfo?.execution?.runId);
});
