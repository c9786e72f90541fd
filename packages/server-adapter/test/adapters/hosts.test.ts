import { createServer } from 'node:http';
import { connect } from 'node:net';
import { createHandler } from '@fk-workflow/server-adapter';
import { expressAdapter } from '@fk-workflow/server-adapter/express';
import { fastifyAdapter } from '@fk-workflow/server-adapter/fastify';
import { toNodeListener } from '@fk-workflow/server-adapter/node';
import express from 'express';
import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeBuilder } from '../support/fake-builder.js';
import { listen, type Mounted } from '../support/mounts.js';
import { chatPath, jsonOf, post, problem } from '../support/requests.js';

const message = { session_id: 's1', message: 'Hello' };
let server: Mounted | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('an Express host', () => {
  const serve = async (app: express.Express): Promise<string> => {
    server = await listen(createServer(app));
    return server.url;
  };

  it('keeps its own routes, before and after the adapter', async () => {
    const app = express();
    app.get('/api/customers', (_request, response) => void response.json(['before']));
    app.use(expressAdapter(createHandler(fakeBuilder().builder)));
    app.get('/about', (_request, response) => void response.json(['after']));
    const url = await serve(app);
    expect(await (await fetch(`${url}/api/customers`)).json()).toEqual(['before']);
    expect(await (await fetch(`${url}/about`)).json()).toEqual(['after']);
    expect(await (await fetch(`${url}/elsewhere`)).text()).toContain('Cannot GET /elsewhere');
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('may give everything that is left to the handler', async () => {
    const handler = createHandler(fakeBuilder().builder);
    const url = await serve(express().use(expressAdapter(handler)).use(toNodeListener(handler)));
    await problem(await fetch(`${url}/elsewhere`), 404, 'not_found');
  });

  it('mounts under a path, in a router too', async () => {
    const router = express.Router();
    router.use(expressAdapter(createHandler(fakeBuilder().builder, { basePath: '/flow' })));
    const url = await serve(express().use('/flow', express.json(), router));
    const response = await fetch(post(`${url}/flow${chatPath}?x=1`, message));
    expect(await jsonOf(response)).toMatchObject({ session_id: 's1' });
  });

  it('may parse bodies as bytes', async () => {
    const app = express().use(express.raw({ type: '*/*' }));
    app.use(expressAdapter(createHandler(fakeBuilder().builder)));
    const url = await serve(app);
    expect((await fetch(post(url + chatPath, message))).status).toBe(200);
    await problem(await fetch(post(url + chatPath, '{')), 400, 'invalid_json');
  });

  it('keeps the errors of its own parsers on its own paths', async () => {
    const app = express().use(express.json());
    app.use(expressAdapter(createHandler(fakeBuilder().builder)));
    const url = await serve(app);
    const response = await fetch(post(`${url}/api/customers`, '{'));
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('text/html');
    await problem(await fetch(post(`${url}/api/runs/run_1/cancel`, '{')), 400, 'invalid_json');
  });
});

describe('a Fastify host', () => {
  it('keeps its own routes and parsers', async () => {
    const app = Fastify({ forceCloseConnections: true });
    await app.register(fastifyAdapter(createHandler(fakeBuilder().builder)));
    app.post('/api/customers', async (request) => ({ body: request.body }));
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    server = { url, port: 0, close: () => app.close() };
    expect(await jsonOf(await fetch(post(`${url}/api/customers`, { a: 1 })))).toEqual({ body: { a: 1 } });
    expect(await jsonOf(await fetch(post(url + chatPath, message)))).toMatchObject({ session_id: 's1' });
    expect(await jsonOf(await fetch(`${url}/elsewhere`))).toMatchObject({ error: 'Not Found' });
    await problem(
      await fetch(`${url}/api/workflow-agent/sessions/${'x'.repeat(101)}`),
      422,
      'invalid_request',
    );
  });

  it('mounts under a base path, and is told when it uses a prefix', async () => {
    const handler = createHandler(fakeBuilder().builder, { basePath: '/flow' });
    const app = Fastify({ forceCloseConnections: true });
    await app.register(fastifyAdapter(handler));
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    server = { url, port: 0, close: () => app.close() };
    expect((await fetch(`${url}/flow/health`)).status).toBe(200);
    await expect(
      Fastify().register(fastifyAdapter(handler), { prefix: '/flow' }).ready(),
    ).rejects.toMatchObject({ code: 'configuration' });
  });

  it('closes with a stream open', async () => {
    const app = Fastify({ forceCloseConnections: true });
    await app.register(
      fastifyAdapter(
        createHandler(
          fakeBuilder({
            turn: {
              events: async function* () {
                yield { id: 'turn_1:1', event: { type: 'RUN_STARTED', threadId: 's1', runId: 'turn_1' } };
                await new Promise(() => undefined);
              },
            },
          }).builder,
        ),
      ),
    );
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const response = await fetch(post(url + chatPath, message, { Accept: 'text/event-stream' }));
    const reader = response.body?.getReader();
    await reader?.read();
    await app.close();
    await expect(reader?.read()).rejects.toThrow();
  });
});

it('answers a request whose Host makes no URL', async () => {
  server = await listen(createServer(toNodeListener(createHandler(fakeBuilder().builder))));
  const socket = connect(server.port, '127.0.0.1');
  socket.write('GET /health HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n');
  let text = '';
  for await (const chunk of socket) text += chunk;
  expect(text).toContain('422');
  expect(text).toContain('"code":"invalid_request"');
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});
