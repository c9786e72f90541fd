import { once } from 'node:events';
import { runDemo } from '@fk-workflow/example-shared';
import { buildApp } from './build-app.js';

await runDemo('Express', async (handler, { host, port }) => {
  const server = buildApp(handler).listen(port, host);
  await once(server, 'listening');
  return { server };
});
