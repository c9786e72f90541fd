import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Handler } from '@fk-workflow/server-adapter';
import { expressAdapter } from '@fk-workflow/server-adapter/express';
import { fastifyAdapter } from '@fk-workflow/server-adapter/fastify';
import { toNodeListener } from '@fk-workflow/server-adapter/node';
import express from 'express';
import Fastify from 'fastify';

/** A real server on a free loopback port. */
export interface Mounted {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a Node server on a free port. */
export const listen = async (server: Server): Promise<Mounted> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Every way this package is mounted. */
export const mounts: Readonly<Record<string, (handler: Handler) => Promise<Mounted>>> = {
  'node http': (handler) => listen(createServer(toNodeListener(handler))),
  express: (handler) => {
    const app = express();
    app.use(expressAdapter(handler));
    return listen(createServer(app));
  },
  'express behind express.json()': (handler) => {
    const app = express();
    app.use(express.json({ limit: '1mb', strict: false }));
    app.use(expressAdapter(handler));
    return listen(createServer(app));
  },
  fastify: async (handler) => {
    const app = Fastify({ forceCloseConnections: true });
    await app.register(fastifyAdapter(handler));
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    return { url, port: Number(new URL(url).port), close: () => app.close() };
  },
  'fastify with parsers of its own': async (handler) => {
    const app = Fastify({ forceCloseConnections: true });
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, _body, done) =>
      done(new Error('The host parses this differently.')),
    );
    app.addContentTypeParser('*', (_request, _payload, done) =>
      done(new Error('The host takes nothing else.')),
    );
    await app.register(fastifyAdapter(handler));
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    return { url, port: Number(new URL(url).port), close: () => app.close() };
  },
};
