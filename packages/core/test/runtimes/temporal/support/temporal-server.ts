import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, readdir } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { until } from './temporal-world.js';

/** A Temporal server of a test's own, which can be stopped; its data outlives it. */
export interface TemporalServer {
  readonly address: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes a {@link TemporalServer} that is not started, over the binary that `npm run services` found or installed. */
export const temporalServer = async (file: string, more: readonly string[] = []): Promise<TemporalServer> => {
  const binary = await findBinary();
  const port = await freePort();
  let server: ChildProcess | undefined;
  return {
    address: `127.0.0.1:${port}`,
    async start() {
      const args = [
        '--headless',
        '--ip',
        '127.0.0.1',
        '--port',
        String(port),
        '--db-filename',
        file,
        ...more,
      ];
      server = spawn(binary, ['server', 'start-dev', '--log-level', 'error', ...args], { stdio: 'ignore' });
      await until(() => accepts(port));
    },
    async stop() {
      if (!server || server.exitCode !== null) return;
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
    },
  };
};

const findBinary = async (): Promise<string> => {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fk-workflow');
  const cached = await readdir(cache).catch(() => []);
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...cached.map((name) => join(cache, name))];
  for (const folder of folders) {
    const path = join(folder, 'temporal');
    const executable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (executable) return path;
  }
  throw new Error('This test stops a Temporal server of its own: install the Temporal CLI.');
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
};

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
