import { once } from 'node:events';
import { describeExample } from '../../shared/test/support/describe-example.js';
import { buildApp } from '../src/build-app.js';

describeExample('Express', async (handler) => {
  const server = buildApp(handler).listen(0, '127.0.0.1');
  if (!server.listening) await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
});
