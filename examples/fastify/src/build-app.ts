import type { Handler } from '@fk-workflow/server-adapter';
import { fastifyAdapter } from '@fk-workflow/server-adapter/fastify';
import Fastify, { type FastifyInstance } from 'fastify';

/** A Fastify app with the workflow builder mounted. Your own routes and parsers are not touched by it. */
export const buildApp = async (handler: Handler): Promise<FastifyInstance> => {
  // Open streams would hold up `app.close()` otherwise.
  const app = Fastify({ forceCloseConnections: true });
  await app.register(fastifyAdapter(handler));
  return app;
};
