/** What starts runs by itself, in the demo as it is started. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getRun, save, send, untilStatus } from './support/api.js';
import { type Demo, dataFolder, startDemo } from './support/demo.js';

const WEBHOOK_SECRET = 'e2e-secret-of-at-least-32-characters';
const steps = [{ id: 'note', kind: 'set', values: { seen: '${{ trigger }}' } }] as const;
const output = '${{ vars.seen }}';

let demo: Demo;
let folder: Awaited<ReturnType<typeof dataFolder>>;
const start = async (): Promise<void> => {
  demo = await startDemo({ host: 'express', dataDir: folder.path, env: { WEBHOOK_SECRET } });
};
beforeAll(async () => {
  folder = await dataFolder();
  await start();
});
afterAll(async () => {
  await demo.kill();
  await folder.remove();
});

test('a webhook starts a run, also after a restart, once per key', async () => {
  const trigger = { kind: 'webhook' } as const;
  const saved = await send(`${demo.url}/api/workflows`, 'POST', {
    id: 'hook',
    name: 'Hook',
    trigger,
    steps,
    output,
  });
  const { hook } = saved.body as { hook: string };
  const call = async (): Promise<string> => {
    const { status, body } = await send(demo.url + hook, 'POST', { order: 7 }, { 'Idempotency-Key': 'k' });
    expect(status).toBe(202);
    return (body as { run_id: string }).run_id;
  };
  const runId = await call();
  expect(await untilStatus(demo.url, runId, ['succeeded'])).toMatchObject({ output: { body: { order: 7 } } });
  await demo.kill();
  await start();
  expect(await call()).toBe(runId);
  expect((await send(`${demo.url}${hook}x`, 'POST', {})).status).toBe(404);
});

test('an event starts the workflows that wait for it', async () => {
  const trigger = { kind: 'event', event: 'late', when: '${{ trigger.payload.hours > 4 }}' } as const;
  await save(demo.url, { id: 'late', name: 'Late', trigger, steps, output });
  const tell = async (id: string, hours: number) => {
    const { body } = await send(`${demo.url}/api/events`, 'POST', { event: 'late', payload: { hours }, id });
    return (body as { runs: readonly { runId: string }[] }).runs;
  };
  expect(await tell('1', 2)).toEqual([]);
  const [run] = await tell('2', 5);
  await untilStatus(demo.url, run?.runId ?? '', ['succeeded']);
  expect(await getRun(demo.url, run?.runId ?? '')).toMatchObject({ output: { payload: { hours: 5 } } });
});

test('a schedule starts a run at the next full minute', async () => {
  const trigger = { kind: 'schedule', cron: '* * * * *', timeZone: 'Europe/Berlin' } as const;
  await save(demo.url, { id: 'minute', name: 'Minute', trigger, steps, output });
  const started = async () => {
    const { body } = await send(`${demo.url}/api/runs?workflowId=minute`, 'GET');
    return (body as { items: readonly { runId: string; trigger: unknown }[] }).items;
  };
  await expect
    .poll(async () => (await started()).length, { timeout: 90_000, interval: 500 })
    .toBeGreaterThan(0);
  const [run] = await started();
  expect(run?.trigger).toEqual({
    scheduledAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/),
  });
});
