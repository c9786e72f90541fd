import { describeExample } from '../../shared/test/support/describe-example.js';
import { buildApp } from '../src/build-app.js';

describeExample('Fastify', async (handler) => {
  const app = await buildApp(handler);
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
});
