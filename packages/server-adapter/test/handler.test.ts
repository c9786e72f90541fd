import { WorkflowError } from '@fk-workflow/core';
import { createHandler, type HandlerOptions } from '@fk-workflow/server-adapter';
import { describe, expect, it } from 'vitest';
import { fakeBuilder } from './support/fake-builder.js';
import { chatPath, jsonOf, post, problem } from './support/requests.js';

const serve = (options: HandlerOptions = {}) => {
  const fake = fakeBuilder();
  const handler = createHandler(fake.builder, options);
  const send = (method: string, path: string, headers: Record<string, string> = {}) =>
    handler(new Request(`http://x${path}`, { method, headers }));
  return { ...fake, handler, send };
};

describe('every answer', () => {
  it('has a request id, the caller’s when it is a plain one', async () => {
    const { send } = serve();
    const id = async (given: string) =>
      (await send('GET', '/health', { 'X-Request-Id': given })).headers.get('x-request-id');
    expect(await id('abc-123_X')).toBe('abc-123_X');
    expect(await id('x'.repeat(65))).toBe('trace_1');
    expect(await id('a b')).toBe('trace_2');
    const response = await send('GET', '/nowhere', { 'X-Request-Id': 'mine' });
    expect(await problem(response, 404, 'not_found')).toMatchObject({ trace_id: 'mine' });
  });

  it('is neither sniffed nor stored', async () => {
    for (const path of ['/health', '/', '/nowhere']) {
      const { headers } = await serve().send('GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('is one line in the log, without query, path values or bodies', async () => {
    const { handler, send, lines } = serve();
    await send('GET', '/api/runs/run_1?token=secret', { 'X-Request-Id': 'r1' });
    await send('GET', '/api/hooks/w/secret');
    await handler(post(`http://x${chatPath}`, { session_id: 'secret', message: 'secret' }));
    expect(lines.map(({ fields }) => [fields.method, fields.route, fields.status])).toEqual([
      ['GET', '/api/runs/:id', 200],
      ['GET', 'unmatched', 405],
      ['POST', chatPath, 200],
    ]);
    expect(lines[0]).toEqual({
      level: 'info',
      message: 'request',
      fields: { method: 'GET', route: '/api/runs/:id', status: 200, ms: expect.any(Number), requestId: 'r1' },
    });
    expect(JSON.stringify(lines)).not.toContain('secret');
  });
});

describe('errors', () => {
  it('keep their facts but never lose the members of a problem', async () => {
    const { builder, send } = serve();
    builder.runs.get = async () => {
      throw new WorkflowError('store_unavailable', 'The store is away: try again in a moment.', {
        details: { status: 200, trace_id: 'other', store: 'sqlite' },
        retryAfter: 1.2,
      });
    };
    const response = await send('GET', '/api/runs/run_1');
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await problem(response, 503, 'store_unavailable')).toMatchObject({ store: 'sqlite' });
  });

  it.each([[new Error('password is hunter2')], ['hunter2'], [undefined]])(
    'of strangers (%s) tell nothing and are logged',
    async (thrown) => {
      const { builder, send, lines } = serve();
      builder.runs.get = () => Promise.reject(thrown);
      const body = await problem(await send('GET', '/api/runs/run_1'), 500, 'internal');
      expect(JSON.stringify(body)).not.toContain('hunter2');
      expect(lines[0]).toMatchObject({
        level: 'error',
        fields: { route: '/api/runs/:id', code: 'internal', err: thrown },
      });
    },
  );
});

describe('methods', () => {
  it('that a route does not take get 405 with those it takes', async () => {
    const { send } = serve();
    const allow = async (method: string, path: string) => {
      const response = await send(method, path);
      await problem(response, 405, 'method_not_allowed');
      return response.headers.get('allow');
    };
    expect(await allow('PATCH', '/api/workflows/late')).toBe('GET, HEAD, PUT, DELETE, OPTIONS');
    expect(await allow('POST', '/health')).toBe('GET, HEAD, OPTIONS');
    expect(await allow('DELETE', '/')).toBe('GET, HEAD, OPTIONS');
  });

  it('HEAD is GET without a body, OPTIONS tells the methods', async () => {
    const { send } = serve();
    const head = await send('HEAD', '/health');
    expect([head.status, head.body]).toEqual([200, null]);
    const options = await send('OPTIONS', '/api/runs');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });
});

describe('CORS', () => {
  const allowedOrigins = ['https://app.example', 'http://localhost:5173'];

  it('names an allowed origin and what its page may read', async () => {
    const { send } = serve({ allowedOrigins });
    const { headers } = await send('GET', '/health', { Origin: 'http://localhost:5173' });
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(headers.get('access-control-expose-headers')).toContain('X-Request-Id');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toBe('Origin');
  });

  it('holds for errors too, so that a page can read them', async () => {
    const { send } = serve({ allowedOrigins, apiKeys: ['k'] });
    const response = await send('GET', '/api/runs', { Origin: 'https://app.example' });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
    await problem(response, 401, 'unauthorized');
  });

  it.each(['https://app.example.evil', 'http://app.example', 'null', 'https://app.example:444'])(
    'gives %s the answer and no header',
    async (other) => {
      const response = await serve({ allowedOrigins }).send('GET', '/health', { Origin: other });
      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('vary')).toBe('Origin');
    },
  );

  it('is off by default', async () => {
    const { headers } = await serve().send('GET', '/health', { Origin: 'https://app.example' });
    expect([...headers.keys()].filter((name) => /^access-control|^vary/.test(name))).toEqual([]);
  });
});

describe('options', () => {
  it('put everything under a base path', async () => {
    const { handler, send } = serve({ basePath: '/tools/flow' });
    expect(await jsonOf(await send('GET', '/tools/flow'))).toMatchObject({ name: 'fk-workflow' });
    expect((await send('GET', '/tools/flow/health')).status).toBe(200);
    await problem(await send('POST', '/tools/flow/health'), 405, 'method_not_allowed');
    await problem(await send('GET', '/health'), 404, 'not_found');
    const started = await handler(post('http://x/tools/flow/api/workflows/w/runs', {}));
    expect(started.headers.get('location')).toBe('/tools/flow/api/runs/run_1');
    expect(['/tools/flow', '/tools/flow/api/x', '/tools/flower', '/health'].map(handler.owns)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('leave other paths of the root to the host', () => {
    const { owns } = serve().handler;
    for (const path of [
      '/',
      '/health',
      '/health/live',
      '/api/runs',
      '/api/workflows/x',
      '/api/workflow-agent/x',
    ]) {
      expect([path, owns(path)]).toEqual([path, true]);
    }
    for (const path of ['/index.html', '/healthy', '/api', '/api/customers', '/api/runs2', '']) {
      expect([path, owns(path)]).toEqual([path, false]);
    }
  });

  it.each<[HandlerOptions]>([
    [{ basePath: 'flow' }],
    [{ basePath: '/flow/' }],
    [{ basePath: '/:id' }],
    [{ allowedOrigins: ['*'] }],
    [{ allowedOrigins: ['https://app.example/'] }],
    [{ maxBodyBytes: 0 }],
    [{ maxJsonDepth: 1.5 }],
    [{ trustedProxies: ['x'] }],
  ])('that make no sense stop the start: %j', (options) => {
    expect(() => serve(options)).toThrow(expect.objectContaining({ code: 'configuration' }));
  });

  it('bound the body', async () => {
    const { handler } = serve({ maxBodyBytes: 50, maxJsonDepth: 2 });
    const validate = (body: string) => handler(post('http://x/api/workflows/validate', body));
    expect((await validate('[[1]]')).status).toBe(200);
    await problem(await validate('[[[1]]]'), 422, 'invalid_request');
    expect((await validate(`"${'x'.repeat(48)}"`)).status).toBe(200);
    await problem(await validate(`"${'x'.repeat(49)}"`), 413, 'payload_too_large');
  });

  it('count clients by the address behind trusted proxies', async () => {
    const { handler, limited } = serve({ trustedProxies: 1 });
    const message = { session_id: 's', message: 'x' };
    await handler(post(`http://x${chatPath}`, message, { 'X-Forwarded-For': '6.6.6.6, 1.1.1.1' }), {
      remoteAddress: '10.0.0.1',
    });
    await handler(post(`http://x${chatPath}`, message), { remoteAddress: '10.0.0.1' });
    expect(limited).toEqual(['address:1.1.1.1', 'address:10.0.0.1']);
  });
});

it('takes JSON types only, in UTF-8 and not encoded', async () => {
  const { handler } = serve();
  const validate = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
    handler(new Request('http://x/api/workflows/validate', { method: 'POST', body, headers }));
  for (const type of ['application/json', 'Application/JSON; charset=utf-8', 'application/vnd.x+json']) {
    expect((await validate('{}', { 'Content-Type': type })).status).toBe(200);
  }
  for (const type of ['text/json', 'application/jsonp', 'multipart/form-data; boundary=application/json']) {
    await problem(await validate('{}', { 'Content-Type': type }), 415, 'unsupported_media_type');
  }
  const json = { 'Content-Type': 'application/json' };
  await problem(await validate('{}', { ...json, 'Content-Encoding': 'gzip' }), 415, 'unsupported_media_type');
  await problem(await validate(new Uint8Array([0x22, 0xff, 0x22]), json), 400, 'invalid_json');
  await problem(await validate(new Uint8Array([0x7b, 0x7d]), {}), 415, 'unsupported_media_type');
});
