/** Every bad input gets problem+json with a code and a sentence, and the process stays up. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat, send } from './support/api.js';
import { type Demo, dataFolder, startDemo } from './support/demo.js';

let demo: Demo;
let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  folder = await dataFolder();
  demo = await startDemo({ dataDir: folder.path, env: { CHAT_LIMIT_PER_MINUTE: '10' } });
});
afterAll(async () => {
  await demo.kill();
  await folder.remove();
});

const message = 'Send an email';
const cases: readonly [string, string, string, unknown, number, string][] = [
  ['an empty id', 'POST', '/api/workflow-agent/chat', { session_id: '', message }, 422, 'invalid_request'],
  [
    'an id of 101',
    'POST',
    '/api/workflow-agent/chat',
    { session_id: 'a'.repeat(101), message },
    422,
    'invalid_request',
  ],
  [
    'an id like a path',
    'POST',
    '/api/workflow-agent/chat',
    { session_id: '../x', message },
    422,
    'invalid_request',
  ],
  [
    'an empty message',
    'POST',
    '/api/workflow-agent/chat',
    { session_id: 'a', message: '  ' },
    422,
    'invalid_request',
  ],
  [
    'a message of 5001',
    'POST',
    '/api/workflow-agent/chat',
    { session_id: 'a', message: 'a'.repeat(5001) },
    422,
    'invalid_request',
  ],
  ['what is not JSON', 'POST', '/api/workflow-agent/chat', '{"session_id":', 400, 'invalid_json'],
  [
    '2 MiB',
    'POST',
    '/api/workflow-agent/chat',
    { session_id: 'a', message: 'a'.repeat(2_097_152) },
    413,
    'payload_too_large',
  ],
  ['an unknown route', 'GET', '/api/nothing', undefined, 404, 'not_found'],
  ['a wrong method', 'PUT', '/api/workflow-agent/chat', {}, 405, 'method_not_allowed'],
  ['a forbidden key', 'POST', '/api/workflows/validate', '{"__proto__": {"a": 1}}', 422, 'invalid_request'],
  ['an unknown session', 'GET', '/api/workflow-agent/sessions/nobody', undefined, 404, 'not_found'],
  ['an unknown run', 'GET', '/api/runs/run_nobody', undefined, 404, 'not_found'],
  [
    'a definition with errors',
    'POST',
    '/api/workflows',
    { id: 'x', name: 'X', steps: [{ id: 'a', kind: 'action', action: 'nothing' }] },
    422,
    'invalid_definition',
  ],
];

test.each(cases)('%s', async (_, method, path, body, status, code) => {
  const answer = await send(`${demo.url}${path}`, method, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ code, status });
  const { detail } = answer.body as { readonly detail: string };
  expect(detail.length).toBeGreaterThan(20);
  expect(detail).not.toMatch(/\bat .*:\d+:\d+/);
});

test('a wrong type is 415', async () => {
  const answer = await send(`${demo.url}/api/workflow-agent/chat`, 'POST', 'hello', {
    'Content-Type': 'text/plain',
  });
  expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
});

test('the eleventh message of a minute is refused with Retry-After, and the process is up', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 11; n++) {
    const answer = await send(`${demo.url}/api/workflow-agent/chat`, 'POST', {
      session_id: `many-${n}`,
      message: 'hello',
    });
    statuses.push(answer.status);
    if (answer.status !== 429) continue;
    expect(answer.body).toMatchObject({ code: 'rate_limited' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('ratelimit-policy')).toBeTruthy();
  }
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  expect((await send(`${demo.url}/health/live`, 'GET')).body).toEqual({ alive: true });
});

test('another demo on the same port ends with a sentence', async () => {
  const other = await dataFolder();
  const port = new URL(demo.url).port;
  await expect(startDemo({ dataDir: other.path, env: { PORT: port } })).rejects.toThrow(new RegExp(port));
  await other.remove();
});

test.each([
  ['PORT', 'eighty'],
  ['TEMPORAL_ADDRESS', 'http://localhost:7233'],
  ['DEMO_TIME_SCALE', '-1'],
  ['ALLOWED_ORIGINS', '*'],
])('the start refuses %s=%s in a sentence', async (name, value) => {
  const other = await dataFolder();
  await expect(startDemo({ dataDir: other.path, env: { [name]: value } })).rejects.toThrow(name);
  await other.remove();
});

test('a turn still works after all that', async () => {
  const other = await dataFolder();
  const fresh = await startDemo({ dataDir: other.path });
  expect((await chat(fresh.url, 'a', message)).status).toBe('success');
  await fresh.kill();
  await other.remove();
});
