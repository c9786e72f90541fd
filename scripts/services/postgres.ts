import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { aptInstall, brewInstall, dockerRun } from './install.js';
import type { Service } from './service.js';
import { findBinary, freePort, run, startChild, waitUntil } from './shell.js';

/** PostgreSQL 15 or newer: definitions and runs in production. */
export const postgres: Service = {
  name: 'PostgreSQL',
  variable: 'DATABASE_URL',
  async start() {
    const found = await serverFolder();
    if (found) return startServer(found, 'binary on the machine');
    const container = await dockerRun('postgres:16-alpine', 5432, {
      env: { POSTGRES_HOST_AUTH_METHOD: 'trust' },
    });
    if (container) {
      const address = url(container.port);
      await waitUntil(() => connect(address), 90_000);
      return { address, how: 'docker', ...container };
    }
    if ((await aptInstall(['postgresql'])) || (await brewInstall(['postgresql@16']))) {
      const installed = await serverFolder();
      if (installed) return startServer(installed, 'installed');
    }
    throw new Error('Install postgresql, start Docker, or set DATABASE_URL.');
  },
};

const url = (port: number): string => `postgres://postgres@127.0.0.1:${port}/postgres`;

/** The folder with `initdb` and `postgres`: Debian and Homebrew keep it off PATH. */
const serverFolder = async (): Promise<string | undefined> => {
  const debian = await readdir('/usr/lib/postgresql').catch(() => []);
  const folders = [
    ...debian
      .sort()
      .reverse()
      .map((version) => `/usr/lib/postgresql/${version}/bin`),
    '/opt/homebrew/opt/postgresql@16/bin',
    '/usr/local/opt/postgresql@16/bin',
  ];
  const initdb = await findBinary(['initdb'], folders);
  return initdb?.slice(0, -'/initdb'.length);
};

const startServer = async (folder: string, how: string) => {
  const data = await mkdtemp(join(tmpdir(), 'fk-workflow-pg-'));
  const user = await serverUser();
  if (user) await chown(data, user.uid, user.gid);
  const init = startChild(
    join(folder, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    user,
  );
  const code = await new Promise<number | null>((resolve) => init.child.once('exit', resolve));
  if (code !== 0) throw new Error(`initdb failed: ${init.output()}`);
  const port = await freePort();
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${data}`,
  ];
  const child = startChild(join(folder, 'postgres'), args, user);
  await waitUntil(() => connect(url(port)), 20_000, child);
  const stop = async (): Promise<void> => {
    // SIGINT is Postgres' fast shutdown; SIGTERM would wait for idle clients.
    child.child.kill('SIGINT');
    await child.stop();
    await rm(data, { recursive: true, force: true });
  };
  return { address: url(port), how, stop };
};

/** Postgres refuses to run as root; as root its package's user runs it. */
const serverUser = async (): Promise<{ uid: number; gid: number } | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid), gid: Number(gid) };
};

const connect = async (connectionString: string): Promise<void> => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end();
  }
};
