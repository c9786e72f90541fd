import { createConnection } from 'node:net';
import { aptInstall, brewInstall, dockerRun } from './install.js';
import type { Service } from './service.js';
import { findBinary, freePort, startChild, waitUntil } from './shell.js';

/** Redis 7: sessions, locks and limits. */
export const redis: Service = {
  name: 'Redis',
  variable: 'REDIS_URL',
  async start() {
    const found = await findBinary(['redis-server']);
    if (found) return startServer(found, 'binary on PATH');
    const container = await dockerRun('redis:7-alpine', 6379);
    if (container) {
      await waitUntil(() => ping(container.port), 60_000);
      return { address: `redis://127.0.0.1:${container.port}`, how: 'docker', ...container };
    }
    if ((await aptInstall(['redis-server'])) || (await brewInstall(['redis']))) {
      const installed = await findBinary(['redis-server']);
      if (installed) return startServer(installed, 'installed');
    }
    throw new Error('Install redis-server, start Docker, or set REDIS_URL.');
  },
};

const startServer = async (binary: string, how: string) => {
  const port = await freePort();
  const child = startChild(binary, [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ]);
  await waitUntil(() => ping(port), 10_000, child);
  return { address: `redis://127.0.0.1:${port}`, how, stop: child.stop };
};

const ping = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1', timeout: 1000 }, () =>
      socket.write('PING\r\n'),
    );
    socket.once('data', (data) => {
      socket.destroy();
      if (data.toString().startsWith('+PONG')) resolve();
      else reject(new Error(`Redis answered ${data.toString()}`));
    });
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error('Redis did not answer.')));
  });
