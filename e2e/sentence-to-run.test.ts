/** From a sentence to a run that ends, over HTTP, through a kill -9 in the middle. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  chat,
  fillIn,
  getEvents,
  getRun,
  save,
  send,
  sentMail,
  startRun,
  untilStatus,
} from './support/api.js';
import { type Demo, dataFolder, startDemo } from './support/demo.js';

const sentence = 'I need to send an email, wait 48 hours, check for response, and escalate if no reply';

describe.each(['express', 'fastify'] as const)('the demo on %s', (host) => {
  let demo: Demo;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  const start = async (): Promise<void> => {
    // Scale 36,000: 48 hours are 4.8 seconds.
    demo = await startDemo({ host, dataDir: folder.path, env: { DEMO_TIME_SCALE: '36000' } });
  };
  beforeAll(async () => {
    folder = await dataFolder();
    await start();
  });
  afterAll(async () => {
    await demo.kill();
    await folder.remove();
  });

  test('says what it chose', () => {
    expect(demo.output()).toMatch(/offline planner/i);
    expect(demo.output()).toMatch(/sqlite/i);
  });

  test('a sentence becomes a workflow whose run goes on after kill -9 and mails nobody twice', async () => {
    const answer = await chat(demo.url, `e2e-${host}`, sentence);
    expect(answer).toMatchObject({ status: 'success', session_id: `e2e-${host}` });
    expect(answer.tool_calls_made).toBeGreaterThan(0);
    expect(answer.detected_actions).toEqual([
      'send_initial_email',
      'wait_timer',
      'check_email_inbox',
      'conditional_router',
      'send_escalation_email',
    ]);
    expect(answer.updated_steps?.map(({ actionId }) => actionId)).toEqual(answer.detected_actions);
    expect(answer.agent_response.toLowerCase()).toContain('does this workflow look good');
    const definition = answer.draft?.definition;
    if (!definition) throw new Error('nothing was drafted');
    expect((await send(`${demo.url}/api/workflows/validate`, 'POST', definition)).body).toMatchObject({
      valid: true,
    });

    const saved = await save(demo.url, definition);
    const { runId } = await startRun(demo.url, saved.id, fillIn(definition.inputs));
    const waiting = await untilStatus(demo.url, runId, ['waiting']);
    expect(waiting.waitingFor?.[0]?.kind).toBe('timer');
    expect(await sentMail(demo.url)).toHaveLength(1);
    const before = await getEvents(demo.url, runId);

    await demo.kill();
    await start();
    const after = await getEvents(demo.url, runId);
    expect(after.slice(0, before.length)).toEqual(before);

    const ended = await untilStatus(demo.url, runId, ['succeeded', 'failed', 'cancelled']);
    expect(ended.status).toBe('succeeded');
    const events = await getEvents(demo.url, runId);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)?.type).toBe('run.succeeded');
    // The first mail and the escalation, each once.
    expect(await sentMail(demo.url)).toHaveLength(2);
    expect((await getRun(demo.url, runId)).waitingFor ?? []).toEqual([]);
  });

  test('SIGTERM ends it with 0', async () => {
    expect(await demo.stop()).toBe(0);
    await start();
  });
});
