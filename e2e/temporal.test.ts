/** The first version's node list on a real Temporal server, through the demo. */
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getEvents, getRun, send, untilStatus } from './support/api.js';
import { type Demo, dataFolder, startDemo } from './support/demo.js';

const address = process.env.TEMPORAL_ADDRESS;

const nodeList = {
  id: 'late-delivery',
  name: 'Late delivery',
  config: { task_queue: 'fourkites-workflow-queue' },
  nodes: [
    {
      id: 'ask',
      type: 'trigger',
      label: 'Ask the facility',
      activity: 'send_initial_email',
      params: { recipient_email: 'dock@example.com', facility: 'Gary' },
      next: ['pause'],
    },
    {
      id: 'pause',
      type: 'action',
      activity: 'wait_for_duration',
      params: { duration: 1, unit: 'hours' },
      next: ['inbox'],
    },
    { id: 'inbox', type: 'action', activity: 'check_email_inbox', params: { since_hours: 48 }, next: [] },
  ],
  edges: [],
};

let demo: Demo;
let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  if (!address) throw new Error('TEMPORAL_ADDRESS is not set: run this test with "npm test".');
  folder = await dataFolder();
  const env = {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_UI_URL: 'http://localhost:8233',
    DEMO_TIME_SCALE: '3600',
  };
  demo = await startDemo({ dataDir: folder.path, env });
});
afterAll(async () => {
  await demo.stop();
  await folder.remove();
});

test('a node list of the first version runs on Temporal, with named steps in its history', async () => {
  expect((await send(`${demo.url}/health`, 'GET')).body).toMatchObject({
    temporal: 'connected',
    journal: 'temporal',
  });
  const elsewhere = { ...nodeList, config: { task_queue: 'elsewhere' } };
  expect((await send(`${demo.url}/api/workflows/execute`, 'POST', elsewhere)).status).toBe(422);
  const { status, body } = await send(`${demo.url}/api/workflows/execute`, 'POST', nodeList);
  expect(status, JSON.stringify(body)).toBe(200);
  const answer = body as { workflow_id: string; run_id: string; monitor_url: string };
  const runId = answer.workflow_id;
  expect(answer.monitor_url).toBe(`http://localhost:8233/namespaces/default/workflows/${runId}`);

  await untilStatus(demo.url, runId, ['succeeded']);
  expect(await getRun(demo.url, runId)).toMatchObject({ status: 'succeeded', workflowId: 'late-delivery' });
  const events = await getEvents(demo.url, runId);
  expect(events.at(-1)).toMatchObject({ type: 'run.succeeded' });

  const connection = await Connection.connect({ address: address ?? '' });
  const handle = new Client({ connection }).workflow.getHandle(runId);
  expect((await handle.describe()).runId).toBe(answer.run_id);
  const { events: recorded } = await handle.fetchHistory();
  const history = recorded ?? [];
  const summaries = history.flatMap(({ userMetadata }) => textOf(userMetadata?.summary?.data) ?? []);
  expect(summaries).toEqual(['Late delivery', 'ask', 'pause: wait', 'inbox']);
  const scheduled = history.find(
    ({ activityTaskScheduledEventAttributes }) => activityTaskScheduledEventAttributes,
  );
  const { activityType, input } = scheduled?.activityTaskScheduledEventAttributes ?? {};
  expect(activityType?.name).toBe('send_initial_email');
  expect(textOf(input?.payloads?.[0]?.data)).toMatchObject({
    recipient_email: 'dock@example.com',
    facility: 'Gary',
  });
  await connection.close();
});

const textOf = (data: Uint8Array | null | undefined): unknown =>
  data ? JSON.parse(Buffer.from(data).toString()) : undefined;
