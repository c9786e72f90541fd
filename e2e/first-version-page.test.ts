/**
 * The page of the first version, pointed at the demo from another origin: its exact calls, made by a real browser, so
 * that CORS and preflights are real too.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { untilStatus } from './support/api.js';
import { launchBrowser } from './support/browser.js';
import { type Demo, dataFolder, startDemo } from './support/demo.js';

let demo: Demo;
let folder: Awaited<ReturnType<typeof dataFolder>>;
let pageServer: Server;
let browser: Browser;
let page: Page;
let origin: string;

beforeAll(async () => {
  pageServer = createServer((_, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>First version</title>');
  });
  pageServer.listen(0, '127.0.0.1');
  await once(pageServer, 'listening');
  const address = pageServer.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  origin = `http://127.0.0.1:${address.port}`;
  folder = await dataFolder();
  demo = await startDemo({
    dataDir: folder.path,
    env: { ALLOWED_ORIGINS: origin, DEMO_TIME_SCALE: '36000', CHAT_LIMIT_PER_MINUTE: '100' },
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await demo.kill();
  await folder.remove();
  pageServer.close();
});
beforeEach(async () => {
  page = await browser.newPage();
  await page.goto(origin);
});

interface Card {
  readonly actionId: string;
  readonly params: Readonly<Record<string, unknown>>;
}
interface Chat {
  readonly status: string;
  readonly agent_response: string;
  readonly detected_actions: string[] | null;
  readonly updated_steps: Card[] | null;
  readonly collected_params?: Record<string, Record<string, unknown>>;
}

/** A call as the page makes it: JSON in, JSON out, `detail` shown on an error. */
const call = async <T>(
  path: string,
  body?: unknown,
  method = body === undefined ? 'GET' : 'POST',
): Promise<T> =>
  page.evaluate(
    async ([url, verb, json]) => {
      const response = await fetch(url ?? '', {
        method: verb ?? 'GET',
        ...(json === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: json }),
      });
      if (response.ok) return response.json();
      const { detail } = await response.json();
      throw new Error(`${response.status}: ${detail}`);
    },
    [`${demo.url}${path}`, method, body === undefined ? undefined : JSON.stringify(body)] as const,
  );

const chat = (session_id: string, message: string, cards: readonly Card[] | null = null): Promise<Chat> =>
  call('/api/workflow-agent/chat', {
    session_id,
    message,
    current_workflow: cards ? JSON.stringify(cards) : null,
  });

/** What its Approve button posts. */
const nodeList = (detected: readonly string[], params: Chat['collected_params'] = {}) => ({
  id: 'workflow-1',
  name: 'From the first version',
  config: { task_queue: 'fourkites-workflow-queue' },
  nodes: detected.map((id, index) => ({
    id: `node_${index + 1}`,
    type: index === 0 ? 'trigger' : 'action',
    label: id,
    activity: id,
    params: params[id] ?? {},
    next: detected
      .slice(index + 1, index + (id === 'parse_email_response' ? 4 : 2))
      .map((_, offset) => `node_${index + offset + 2}`),
  })),
});

const complete =
  'Send an email to dock@chicago.example about facility Chicago DC, wait 48 hours, check the inbox, ' +
  'and escalate to ops@example.com at level 1 if there is no reply';

test('it chats, offers approval, executes and looks the run up', async () => {
  const actions = await call<{ total: number; categories: Record<string, unknown[]> }>('/api/actions');
  expect(Object.values(actions.categories).flat()).toHaveLength(actions.total);
  expect(await call('/health')).toMatchObject({ status: 'healthy', agent: 'ready', temporal: 'disabled' });

  const answer = await chat('first-1', complete);
  expect(answer.status).toBe('success');
  expect(answer.agent_response.toLowerCase()).toContain('does this workflow look good');
  expect(answer.detected_actions?.[0]).toBe('send_initial_email');
  expect(answer.collected_params?.wait_timer).toEqual({ duration: 'PT48H' });

  const changed = await chat('first-1', 'wait 24 hours instead of 48', answer.updated_steps);
  expect(changed.collected_params?.wait_timer).toEqual({ duration: 'PT24H' });
  expect(changed.updated_steps?.map(({ actionId }) => actionId)).toEqual(answer.detected_actions);

  const started = await call<{ status: string; workflow_id: string; run_id: string; task_queue: string }>(
    '/api/workflows/execute',
    nodeList(changed.detected_actions ?? answer.detected_actions ?? [], changed.collected_params),
  );
  expect(started).toMatchObject({ status: 'started', task_queue: 'fourkites-workflow-queue' });
  expect(await call(`/api/workflows/${started.workflow_id}`)).toMatchObject({
    workflow_id: started.workflow_id,
    run_id: started.run_id,
    start_time: expect.stringMatching(/^\d{4}-/),
  });
  expect((await untilStatus(demo.url, started.workflow_id, ['succeeded', 'failed'])).status).toBe(
    'succeeded',
  );
});

test('a hand edit on its cards is applied before the turn', async () => {
  const first = await chat('first-2', complete);
  const cards = (first.updated_steps ?? []).map((card) =>
    card.actionId === 'wait_timer' ? { ...card, params: { ...card.params, duration: 'PT12H' } } : card,
  );
  const second = await chat('first-2', 'rename it to Dock chase', cards);
  expect(second.collected_params?.wait_timer).toEqual({ duration: 'PT12H' });
});

test('what lacks a required value is refused with step and field', async () => {
  const { detected_actions, collected_params } = await chat('first-3', 'send an email, wait 48 hours');
  await expect(
    call('/api/workflows/execute', nodeList(detected_actions ?? [], collected_params)),
  ).rejects.toThrow(/^(page\.evaluate: Error: )?400: .*(node_1|send_initial_email|Send).*recipient_email/s);
});

test('generate and delete answer as before', async () => {
  await chat('first-4', complete);
  const generated = await call<{ status: string; workflow_json: { nodes: unknown[]; edges: unknown[] } }>(
    '/api/workflow-agent/generate?session_id=first-4',
    {},
  );
  expect(generated.status).toBe('success');
  expect(generated.workflow_json.nodes.length).toBeGreaterThanOrEqual(4);
  expect(generated.workflow_json.edges.length).toBeGreaterThanOrEqual(3);
  expect(await call('/api/workflow-agent/session/first-4', undefined, 'DELETE')).toMatchObject({
    status: 'success',
  });
  await expect(call('/api/workflow-agent/session/first-4', undefined, 'DELETE')).rejects.toThrow('404');
});

test('a page of an origin that is not listed may not read anything', async () => {
  const stranger = await browser.newPage();
  await stranger.goto(`http://localhost:${new URL(origin).port}`);
  const outcome = await stranger.evaluate(
    (url) =>
      fetch(`${url}/health`).then(
        () => 'read',
        () => 'refused',
      ),
    demo.url,
  );
  expect(outcome).toBe('refused');
  await stranger.close();
});
