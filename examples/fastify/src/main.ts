import { runDemo } from '@fk-workflow/example-shared';
import { buildApp } from './build-app.js';

await runDemo('Fastify', async (handler, { host, port }) => {
  const app = await buildApp(handler);
  await app.listen({ host, port });
  return { server: app.server, close: () => app.close() };
});
