import { WorkflowError } from '@fk-workflow/core';
import { createHandler, type HandlerOptions } from '@fk-workflow/server-adapter';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FakeTurn, fakeBuilder, hello, run, runEvents } from '../support/fake-builder.js';
import { chatPath, frames, jsonOf, post, problem } from '../support/requests.js';

const origin = 'http://server.example';

const serve = (options: HandlerOptions = {}, turn?: FakeTurn) => {
  const fake = fakeBuilder(turn ? { turn } : {});
  const handler = createHandler(fake.builder, options);
  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
    handler(
      body === undefined
        ? new Request(origin + path, { method, headers })
        : new Request(post(origin + path, body, headers), { method }),
    );
  return {
    ...fake,
    handler,
    send,
    get: (path: string, headers?: Record<string, string>) => send('GET', path, headers),
  };
};

describe('chat', () => {
  const message = { session_id: 's-1_A', message: ' Hello <b>there</b> & you \n' };

  it('trims a message, and leaves the rest as it was sent', async () => {
    const { send, sent } = serve();
    await send('POST', chatPath, {}, { ...message, current_workflow: null });
    await send('POST', chatPath, {}, { ...message, current_workflow: '[]' });
    expect(sent.map(([request]) => request)).toEqual([
      { session_id: 's-1_A', message: 'Hello <b>there</b> & you' },
      { session_id: 's-1_A', message: 'Hello <b>there</b> & you', current_workflow: '[]' },
    ]);
  });

  it('counts characters, not UTF-16 units or blanks around them', async () => {
    const { send } = serve();
    const status = async (text: string) =>
      (await send('POST', chatPath, {}, { session_id: 's', message: text })).status;
    expect(await status('🙂'.repeat(5000))).toBe(200);
    expect(await status(`${' '.repeat(50)}${'x'.repeat(5000)}\n`)).toBe(200);
    expect(await status('🙂'.repeat(5001))).toBe(422);
  });

  it('names each field that is wrong', async () => {
    const { send } = serve();
    const body = await problem(
      await send('POST', chatPath, {}, { session_id: 7, message: 'x', current_workflow: {} }),
      422,
      'invalid_request',
    );
    expect(body.errors).toEqual([
      { field: 'session_id', message: expect.stringContaining('must be a string') },
      { field: 'current_workflow', message: 'must be a string of JSON, or null' },
    ]);
  });

  it('answers 504 when the turn took too long, with the quota told', async () => {
    const { send } = serve(
      {},
      {
        answer: () =>
          Promise.reject(new WorkflowError('timeout', 'The turn took longer than 30 s: try again.')),
      },
    );
    const response = await send('POST', chatPath, {}, message);
    expect(response.headers.get('ratelimit')).toBe('"chat";r=9;t=42');
    await problem(response, 504, 'timeout');
  });

  it('answers a turn that cannot start as a problem, also to a client that wants a stream', async () => {
    const { send } = serve();
    const response = await send(
      'POST',
      chatPath,
      { Accept: 'text/event-stream' },
      { ...message, session_id: 'busy' },
    );
    expect(await problem(response, 409, 'turn_running')).toMatchObject({ turn_id: 'turn_1' });
  });

  it('streams a turn that fails to its end', async () => {
    const failure = new WorkflowError('model_failed', 'The model failed.');
    const { send } = serve(
      {},
      {
        answer: () => Promise.reject(failure),
        events: async function* () {
          yield {
            id: 'turn_1:1',
            event: { type: 'RUN_ERROR', message: failure.message, code: failure.code },
          };
        },
      },
    );
    const response = await send('POST', chatPath, { Accept: 'text/event-stream' }, message);
    expect(await frames(response)).toEqual([
      { id: 'turn_1:1', event: { type: 'RUN_ERROR', message: 'The model failed.', code: 'model_failed' } },
    ]);
  });

  it('goes on with the turn when the client of its stream leaves', async () => {
    let finish = (): void => undefined;
    let finished = false;
    const answer = new Promise<void>((resolve) => {
      finish = resolve;
    }).then(() => {
      finished = true;
      return hello('turn_1', 's1');
    });
    const { send } = serve({}, { answer: () => answer });
    const response = await send('POST', chatPath, { Accept: 'text/event-stream' }, message);
    await response.body?.cancel();
    finish();
    await answer;
    expect(finished).toBe(true);
  });
});

describe('sessions', () => {
  it('are read and deleted, under the first version’s path too', async () => {
    const { get, send } = serve();
    expect(await jsonOf(await get('/api/workflow-agent/sessions/known'))).toMatchObject({
      session_id: 'known',
    });
    await problem(await get('/api/workflow-agent/sessions/other'), 404, 'not_found');
    expect((await send('DELETE', '/api/workflow-agent/sessions/known')).status).toBe(204);
    await problem(await send('DELETE', '/api/workflow-agent/sessions/other'), 404, 'not_found');
    expect(await jsonOf(await send('DELETE', '/api/workflow-agent/session/known'))).toEqual({
      status: 'success',
      message: 'The session "known" is deleted.',
    });
    await problem(await send('DELETE', '/api/workflow-agent/session/other'), 404, 'not_found');
  });

  it('refuse ids that none can have', async () => {
    const { get } = serve();
    for (const id of ['x'.repeat(101), '..%2Fx', '%00', 'a%20b', '%E0%A4%A']) {
      await problem(await get(`/api/workflow-agent/sessions/${id}`), 422, 'invalid_request');
    }
    await problem(await get('/api/workflow-agent/sessions/'), 404, 'not_found');
  });

  it('give their draft as a node list', async () => {
    const { send } = serve();
    expect(await jsonOf(await send('POST', '/api/workflow-agent/generate?session_id=known'))).toEqual({
      status: 'success',
      session_id: 'known',
      workflow_json: { id: 'w', name: 'known', nodes: [], edges: [] },
      agent_response: 'Here it is.',
    });
    await problem(await send('POST', '/api/workflow-agent/generate'), 422, 'invalid_request');
  });
});

describe('actions', () => {
  it('are listed by category with their fields and schemas', async () => {
    const { get } = serve();
    const response = await get('/api/actions');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await jsonOf(response)).toMatchObject({
      total: 1,
      categories: {
        Shipments: [
          {
            id: 'get_eta',
            name: 'Get ETA',
            category: 'Shipments',
            effect: 'read',
            action_count: 1,
            branches: ['late', 'on_time'],
            config_fields: [
              {
                name: 'shipmentId',
                label: 'Shipment id',
                type: 'string',
                required: true,
                description: 'The shipment.',
              },
              { name: 'stop_sequence', label: 'Stop sequence', type: 'integer', required: false, default: 1 },
              { name: 'unit', type: 'string', required: false, options: ['minutes', 'hours'] },
              { name: 'note', type: 'string', required: false },
            ],
            input_schema: { type: 'object', required: ['shipmentId'] },
            output_schema: { type: 'object' },
          },
        ],
      },
    });
  });
});

describe('workflows', () => {
  it('live from 201 to 204, each change on a version', async () => {
    const { get, send } = serve();
    const created = await send('POST', '/api/workflows', {}, { id: 'late' });
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe('/api/workflows/late');
    expect(await jsonOf(created)).toMatchObject({ id: 'late', version: 1, definition: { id: 'late' } });
    await problem(await send('POST', '/api/workflows', {}, { id: 'late' }), 409, 'already_exists');

    const read = await get('/api/workflows/late');
    expect(read.headers.get('etag')).toBe('"1"');
    await problem(await send('PUT', '/api/workflows/late', {}, { id: 'late' }), 428, 'precondition_required');
    await problem(
      await send('PUT', '/api/workflows/late', { 'If-Match': '*' }, {}),
      428,
      'precondition_required',
    );
    await problem(
      await send('PUT', '/api/workflows/late', { 'If-Match': '"7"' }, {}),
      412,
      'version_conflict',
    );
    await problem(
      await send('PUT', '/api/workflows/late', { 'If-Match': '"x"' }, {}),
      412,
      'version_conflict',
    );
    const replaced = await send('PUT', '/api/workflows/late', { 'If-Match': '"1"' }, { id: 'late' });
    expect(replaced.headers.get('etag')).toBe('"2"');

    expect(await jsonOf(await get('/api/workflows/late/versions'))).toEqual({
      items: [
        { id: 'late', version: 1 },
        { id: 'late', version: 2 },
      ],
    });
    expect((await get('/api/workflows/late?version=2')).status).toBe(200);
    await problem(await get('/api/workflows/late?version=9'), 404, 'not_found');
    await problem(await get('/api/workflows/late?version=two'), 422, 'invalid_request');
    expect(await jsonOf(await get('/api/workflows?limit=1'))).toMatchObject({ items: [{ id: 'late' }] });
    for (const limit of ['0', '101', 'x', '']) {
      await problem(await get(`/api/workflows?limit=${limit}`), 422, 'invalid_request');
    }
    expect((await send('DELETE', '/api/workflows/late')).status).toBe(204);
    await problem(await get('/api/workflows/late'), 404, 'not_found');
  });

  it('are validated whatever JSON comes', async () => {
    const { send } = serve();
    for (const body of ['{}', '[]', 'null', '7', '"text"', 'false']) {
      const response = await send('POST', '/api/workflows/validate', {}, body);
      expect(response.status).toBe(200);
      expect(await jsonOf(response)).toMatchObject({ problems: [] });
    }
    await problem(await send('POST', '/api/workflows/validate', {}, ''), 400, 'invalid_json');
    await problem(
      await send('POST', '/api/workflows/validate', {}, '{"inputs":{"properties":{"prototype":{}}}}'),
      422,
      'invalid_request',
    );
  });

  it('are simulated, with what is known handed on', async () => {
    const { send, simulated } = serve();
    const request = {
      definition: { id: 'late' },
      input: { facility: 'Kiel' },
      answers: { ok: { decision: 'approved' } },
      paths: 'one',
    };
    const response = await send('POST', '/api/workflows/simulate', {}, request);
    expect(response.status).toBe(200);
    expect(await jsonOf(response)).toEqual({ paths: [], truncated: false, cut: [] });
    await send('POST', '/api/workflows/simulate', {}, { definition: {} });
    expect(simulated).toEqual([request, { definition: {} }]);
  });

  it('are not simulated when the body is wrong, or the definition', async () => {
    const { send, simulated } = serve();
    for (const body of [
      {},
      { definition: {}, answer: {} },
      { definition: {}, answers: [] },
      { definition: {}, paths: 'some' },
      { definition: {}, limits: { steps: 1e9 } },
      [],
    ]) {
      await problem(await send('POST', '/api/workflows/simulate', {}, body), 422, 'invalid_request');
    }
    expect(simulated).toEqual([]);
    const refused = await send('POST', '/api/workflows/simulate', {}, { definition: 'late' });
    expect(await problem(refused, 422, 'invalid_definition')).toMatchObject({ problems: [] });
    await problem(await send('GET', '/api/workflows/simulate/versions'), 404, 'not_found');
  });

  it('execute as the first version did, and are asked for by run id', async () => {
    const { get, send } = serve();
    expect(await jsonOf(await send('POST', '/api/workflows/execute', {}, { nodes: [] }))).toEqual({
      status: 'started',
      workflow_id: 'run_1',
      run_id: 'run_1',
      task_queue: 'fourkites-workflow-queue',
      monitor_url: 'https://monitor.example/run_1',
    });
    expect(await jsonOf(await get('/api/workflows/run_1'))).toEqual({
      workflow_id: 'run_1',
      status: 'running',
      run_id: 'run_1',
      start_time: run.startedAt,
    });
    await problem(await get('/api/workflows/run_2'), 404, 'not_found');
  });
});

describe('runs', () => {
  it('start with or without a body', async () => {
    const { send } = serve();
    const path = '/api/workflows/w/runs';
    const started = await send('POST', path, {}, { input: { a: 1 }, version: 2 });
    expect(started.status).toBe(202);
    expect(started.headers.get('location')).toBe('/api/runs/run_1');
    expect(await jsonOf(started)).toMatchObject({ workflowId: 'w', input: { a: 1 }, version: 2 });
    expect((await send('POST', path)).status).toBe(202);
    const wrong = await problem(await send('POST', path, {}, { facility: 'x' }), 422, 'invalid_request');
    expect(wrong.detail).toBe('The body must not have "facility".');
    await problem(await send('POST', path, {}, { version: 0 }), 422, 'invalid_request');
    await problem(await send('POST', path, {}, []), 422, 'invalid_request');
  });

  it('are listed, read, signalled and cancelled', async () => {
    const { get, send } = serve();
    expect(await jsonOf(await get('/api/runs?workflowId=w'))).toEqual({ items: [run], nextCursor: 'next' });
    expect(await jsonOf(await get('/api/runs/run_1'))).toEqual(run);
    await problem(await get('/api/runs/run_2'), 404, 'not_found');
    await problem(await send('POST', '/api/runs/run_1/signals/never', {}, {}), 409, 'conflict');
    await problem(await send('POST', '/api/runs/run_1/signals/__proto__', {}, {}), 422, 'invalid_request');
    const cancelled = await send('POST', '/api/runs/run_1/cancel', {}, { reason: 'Wrong shipment' });
    expect(cancelled.status).toBe(202);
    expect(await jsonOf(cancelled)).toMatchObject({
      status: 'cancelled',
      error: { message: 'Wrong shipment' },
    });
    expect((await send('POST', '/api/runs/run_1/cancel')).status).toBe(202);
    await problem(await send('POST', '/api/runs/run_1/cancel', {}, { reason: 7 }), 422, 'invalid_request');
  });

  it('are retried from a step as a new run', async () => {
    const { send } = serve();
    const path = '/api/runs/run_1/retry';
    const retried = await send('POST', path, {}, { from: 'ask' });
    expect(retried.status).toBe(202);
    expect(retried.headers.get('location')).toBe('/api/runs/run_9');
    expect(await jsonOf(retried)).toMatchObject({ runId: 'run_9', retryOf: 'run_1', retryFrom: 'ask' });
    const unknown = await problem(await send('POST', path, {}, { from: 'gone' }), 422, 'invalid_request');
    expect(unknown).toMatchObject({ paths: ['ask'] });
    for (const body of [{}, { from: '' }, { from: 7 }, { from: 'ask', input: {} }, []]) {
      await problem(await send('POST', path, {}, body), 422, 'invalid_request');
    }
    await problem(await send('POST', path), 400, 'invalid_json');
    await problem(await send('POST', '/api/runs/run_2/retry', {}, { from: 'ask' }), 404, 'not_found');
  });

  it('take any name of a signal, percent-encoded', async () => {
    const { send, signals } = serve();
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      // Dots are a path's own; the last three names are refused in every path.
      .filter((text) => !['.', '..', 'never', '__proto__', 'constructor', 'prototype'].includes(text));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(name, fc.constantFrom('each[3]/ok', 'a%2Fb', '50%/ü', '%25', '%')),
        async (text) => {
          await send('POST', `/api/runs/run_1/signals/${encodeURIComponent(text)}`);
          expect(signals.at(-1)?.[1]).toBe(text);
        },
      ),
    );
  });

  it('give their events as JSON or as a stream that resumes', async () => {
    const { get } = serve();
    const path = '/api/runs/run_1/events';
    const stream = { Accept: 'text/event-stream' };
    expect(await jsonOf(await get(path))).toEqual({ events: runEvents });
    expect(await frames(await get(path, stream))).toEqual(
      runEvents.map((event) => ({ id: String(event.seq), event })),
    );
    const rest = await frames(await get(path, { ...stream, 'Last-Event-ID': '2' }));
    expect(rest.map(({ id }) => id)).toEqual(['3']);
    await problem(await get(path, { ...stream, 'Last-Event-ID': 'turn_1:2' }), 422, 'invalid_request');
    await problem(await get('/api/runs/run_2/events', stream), 404, 'not_found');
    await problem(await get('/api/runs/run_2/events'), 404, 'not_found');
  });
});

describe('health and root', () => {
  it('tell the state of the server', async () => {
    const { builder, get } = serve();
    expect(await jsonOf(await get('/health'))).toMatchObject({ status: 'healthy', journal: 'memory' });
    expect(await jsonOf(await get('/health/live'))).toEqual({ alive: true });
    expect(await jsonOf(await get('/health/ready'))).toEqual({ ready: true });
    await builder.close();
    const response = await get('/health/ready');
    expect(response.status).toBe(503);
    expect(await jsonOf(response)).toEqual({ ready: false });
  });

  it('list the endpoints, or show the page to a browser', async () => {
    const browser = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const index = await serve().get('/', browser);
    expect(await jsonOf(index)).toMatchObject({
      name: 'fk-workflow',
      version: expect.any(String),
      endpoints: expect.arrayContaining(['POST /api/workflow-agent/chat', 'GET /health']),
    });
    const { get } = serve({
      page: () => new Response('<h1>Demo</h1>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
    });
    const page = await get('/', browser);
    expect(page.headers.get('vary')).toBe('Accept');
    expect(await page.text()).toBe('<h1>Demo</h1>');
    expect(await jsonOf(await get('/'))).toMatchObject({ name: 'fk-workflow' });
  });
});
