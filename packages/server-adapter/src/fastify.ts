import { WorkflowError } from '@fk-workflow/core';
import type { FastifyPluginAsync } from 'fastify';
import type { Handler } from './handler.js';
import { answerNode } from './node.js';

/**
 * Mounts a handler in Fastify: `await app.register(fastifyAdapter(handler))`. The plugin is encapsulated: its routes
 * read their bodies themselves, whatever parsers the host has. To stand under a path, give it to the handler as
 * `basePath`; a `prefix` is refused with `configuration`. Make the app with `forceCloseConnections: true`, so that
 * open streams do not hold up `app.close()`.
 *
 * @example
 * const app = Fastify({ forceCloseConnections: true });
 * await app.register(fastifyAdapter(createHandler(builder)));
 */
export const fastifyAdapter =
  (handler: Handler): FastifyPluginAsync =>
  async (app) => {
    if (app.prefix !== '') {
      throw new WorkflowError(
        'configuration',
        `Register the adapter without the prefix "${app.prefix}": give it to createHandler as basePath.`,
      );
    }
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const path of handler.mounts) {
      app.all(path, async (request, reply) => {
        reply.hijack();
        await answerNode(handler, request.raw, reply.raw);
      });
    }
  };
