import { createCatalog, createWorkflowBuilder, type WorkflowBuilder } from '@fk-workflow/core';
import { createHandler, createLogger } from '@fk-workflow/server-adapter';
import { afterEach, describe, expect, it } from 'vitest';
import { type Mounted, mounts } from '../support/mounts.js';
import { jsonOf, problem } from '../support/requests.js';

const webhookSecret = 'the secret of this host, long enough';
const key = { Authorization: 'Bearer the-key' };
const json = { 'Content-Type': 'application/json' };

const hooked = {
  id: 'hooked',
  name: 'Hooked',
  trigger: { kind: 'webhook' },
  steps: [{ id: 'go', kind: 'wait', signal: 'go' }],
};
const delayed = {
  id: 'delayed',
  name: 'Delayed',
  trigger: { kind: 'event', event: 'shipment.delayed', input: { id: '${{ trigger.payload.id }}' } },
  inputs: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
  steps: [{ id: 'go', kind: 'wait', signal: 'go' }],
};

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

interface Served {
  readonly builder: WorkflowBuilder;
  readonly url: string;
  readonly log: () => string;
  readonly send: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
}

/** A server on a socket, which asks for a key. */
const serve = async (
  options: Partial<Parameters<typeof createWorkflowBuilder>[0]> = { webhookSecret },
  mount: (typeof mounts)[string] = mounts['node http']!,
): Promise<Served> => {
  let log = '';
  const logger = createLogger({ level: 'debug', destination: { write: (line) => (log += line) } });
  const builder = createWorkflowBuilder({ catalog: createCatalog([]), logger, ...options });
  await builder.start();
  const handler = createHandler(builder, { apiKeys: ['the-key'], basePath: '/flow' });
  const server: Mounted = await mount(handler);
  closing.push(
    () => builder.close(0),
    () => server.close(),
  );
  const send: Served['send'] = (path, body, headers = {}) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { ...json, ...headers },
    });
  return { builder, url: server.url, log: () => log, send };
};

const saveHooked = async ({ send }: Served): Promise<string> => {
  const saved = await send('/flow/api/workflows', hooked, key);
  expect(saved.status).toBe(201);
  const { hook } = (await jsonOf(saved)) as { hook: string };
  return hook;
};

describe('POST /api/hooks/{workflowId}/{token}', () => {
  it.each(Object.keys(mounts))('starts a run without the host’s credentials, on %s', async (name) => {
    const served = await serve(undefined, mounts[name]);
    const hook = await saveHooked(served);
    expect(hook).toMatch(/^\/flow\/api\/hooks\/hooked\/[\w-]{43}$/);
    const response = await served.send(`${hook}`, { order: 7 }, { ...key, Cookie: 'a=b', 'X-From': 'shop' });
    expect(response.status).toBe(202);
    const answer = (await jsonOf(response)) as { run_id: string };
    expect(Object.keys(answer)).toEqual(['run_id']);
    expect(response.headers.get('ratelimit-policy')).toBe('"hook";q=60;w=60');
    const run = await jsonOf(await fetch(`${served.url}/flow/api/runs/${answer.run_id}`, { headers: key }));
    expect(run).toMatchObject({
      workflowId: 'hooked',
      trigger: { body: { order: 7 }, headers: { 'content-type': 'application/json', 'x-from': 'shop' } },
    });
    expect(JSON.stringify(run)).not.toMatch(/the-key|a=b/);
    expect(served.log()).toContain('/api/hooks/:workflowId/:token');
    expect(served.log()).not.toContain(hook.split('/').at(-1));
  });

  it('shows its path wherever the workflow is answered, and only while the trigger is a webhook', async () => {
    const served = await serve();
    const hook = await saveHooked(served);
    const path = `${served.url}/flow/api/workflows/hooked`;
    expect(await jsonOf(await fetch(path, { headers: key }))).toMatchObject({ version: 1, hook });
    const put = (definition: unknown, version: number) =>
      fetch(path, {
        method: 'PUT',
        body: JSON.stringify(definition),
        headers: { ...key, ...json, 'If-Match': `"${version}"` },
      });
    expect(await jsonOf(await put(hooked, 1))).toMatchObject({ version: 2, hook });
    expect(await jsonOf(await put({ ...hooked, trigger: { kind: 'manual' } }, 2))).not.toHaveProperty('hook');
    await problem(await served.send(hook, {}), 404, 'not_found');
  });

  it('takes JSON, text, a form and nothing, and no other body', async () => {
    const served = await serve();
    const hook = await saveHooked(served);
    const bodyOf = async (body: string, type: string) => {
      const response = await served.send(hook, body, { 'Content-Type': type });
      const { run_id } = (await jsonOf(response)) as { run_id: string };
      return (await served.builder.runs.get(run_id)).trigger;
    };
    expect(await bodyOf('[1]', 'application/cloudevents+json')).toMatchObject({ body: [1] });
    expect(await bodyOf('späť', 'text/plain; charset=utf-8')).toMatchObject({ body: 'späť' });
    const form = 'a=1&b=x+y&a=2';
    expect(await bodyOf(form, 'application/x-www-form-urlencoded')).toMatchObject({
      body: { a: ['1', '2'], b: 'x y' },
    });
    expect(await bodyOf('', 'application/json')).toMatchObject({ body: null });
    const refused = (body: string, type: string) => served.send(hook, body, { 'Content-Type': type });
    await problem(await refused('<a/>', 'application/xml'), 415, 'unsupported_media_type');
    await problem(await refused('{', 'application/json'), 400, 'invalid_json');
    await problem(await refused('__proto__=1', 'application/x-www-form-urlencoded'), 422, 'invalid_request');
    await problem(await refused('x'.repeat(1_048_577), 'text/plain'), 413, 'payload_too_large');
  });

  it('starts one run per Idempotency-Key', async () => {
    const served = await serve();
    const hook = await saveHooked(served);
    const call = async (idempotencyKey: string) =>
      (
        (await jsonOf(await served.send(hook, {}, { 'Idempotency-Key': idempotencyKey }))) as {
          run_id: string;
        }
      ).run_id;
    expect(new Set([await call('a'), await call('a'), await call('b')]).size).toBe(2);
    await problem(
      await served.send(hook, {}, { 'Idempotency-Key': 'x'.repeat(256) }),
      422,
      'invalid_request',
    );
  });

  it('answers a wrong token as it answers an unknown workflow, also without a secret', async () => {
    const served = await serve();
    const hook = await saveHooked(served);
    const bare = await serve({});
    const answers = await Promise.all([
      served.send(hook.slice(0, -1), {}),
      served.send(hook.replace('hooked', 'other'), {}),
      served.send('/flow/api/hooks/hooked/x', 'not JSON'),
      bare.send(hook, {}),
    ]);
    const details = await Promise.all(answers.map((answer) => problem(answer, 404, 'not_found')));
    expect(new Set(details.map(({ detail }) => detail)).size).toBe(1);
  });

  it('is limited per hook', async () => {
    const served = await serve({ webhookSecret, limits: { hookCallsPerMinute: 2 } });
    const hook = await saveHooked(served);
    expect((await served.send(hook, {})).status).toBe(202);
    expect((await served.send(hook, {})).status).toBe(202);
    const refused = await served.send(hook, {});
    expect(refused.headers.get('ratelimit')).toMatch(/^"hook";r=0;t=\d+$/);
    await problem(refused, 429, 'rate_limited');
  });
});

describe('POST /api/events', () => {
  const event = { event: 'shipment.delayed', payload: { id: 'FK-1' }, id: 'evt-1' };

  it('starts the workflows that wait for the event, once per id, and needs the host’s credentials', async () => {
    const served = await serve();
    await served.send('/flow/api/workflows', delayed, key);
    await problem(await served.send('/flow/api/events', event), 401, 'unauthorized');
    const first = await served.send('/flow/api/events', event, key);
    expect(first.status).toBe(202);
    const told = await jsonOf(first);
    expect(told).toMatchObject({ runs: [{ workflowId: 'delayed', input: { id: 'FK-1' } }], skipped: [] });
    const { runs: again } = (await jsonOf(await served.send('/flow/api/events', event, key))) as {
      runs: unknown[];
    };
    expect(again).toMatchObject([{ runId: (told as { runs: { runId: string }[] }).runs[0]?.runId }]);
  });

  it('tells who could not start', async () => {
    const served = await serve();
    await served.send('/flow/api/workflows', delayed, key);
    const told = await served.send('/flow/api/events', { ...event, payload: null }, key);
    expect(told.status).toBe(202);
    expect(await jsonOf(told)).toMatchObject({
      runs: [],
      skipped: [{ workflowId: 'delayed', code: 'invalid_input', message: expect.any(String) }],
    });
  });

  it.each([{}, { event: '' }, { event: 'e', id: 7 }, { event: 'e', id: 'i', more: 1 }])(
    'refuses %j',
    async (body) => {
      const { send } = await serve();
      await problem(await send('/flow/api/events', body, key), 422, 'invalid_request');
    },
  );
});
