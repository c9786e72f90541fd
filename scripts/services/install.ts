import type { Started } from './service.js';
import { findBinary, freePort, run, startChild } from './shell.js';

let updated: Promise<unknown> | undefined;
let installing: Promise<unknown> = Promise.resolve();

/** Installs Debian packages, one call at a time. False when this is not Debian or we are not root (nor may sudo without a password). */
export const aptInstall = async (packages: readonly string[]): Promise<boolean> => {
  if (!(await findBinary(['apt-get']))) return false;
  const root = process.getuid?.() === 0;
  const sudo = root ? [] : ['sudo', '-n', '-E'];
  if (!root && !(await succeeds('sudo', ['-n', 'true']))) return false;
  // RUNLEVEL=1 keeps packages from starting their service: we start our own on a free port.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (args: readonly string[]): Promise<string> => {
    const [command = 'apt-get', ...rest] = [...sudo, 'apt-get', ...args];
    return run(command, rest, env);
  };
  updated ??= apt(['update', '-q']);
  const turn = Promise.all([updated, installing]).then(() =>
    apt(['install', '-y', '-q', '--no-install-recommends', ...packages]),
  );
  installing = turn.catch(() => undefined);
  await turn;
  return true;
};

/** Installs a Homebrew formula or cask. False when there is no brew. */
export const brewInstall = async (args: readonly string[]): Promise<boolean> => {
  if (!(await findBinary(['brew']))) return false;
  await run('brew', ['install', ...args]);
  return true;
};

/** Starts a container with one published port. Undefined when no Docker engine answers. */
export const dockerRun = async (
  image: string,
  containerPort: number,
  options: { readonly env?: Readonly<Record<string, string>>; readonly args?: readonly string[] } = {},
): Promise<(Pick<Started, 'stop'> & { readonly port: number }) | undefined> => {
  if (!(await findBinary(['docker'])) || !(await succeeds('docker', ['info']))) return undefined;
  const port = await freePort();
  const name = `fk-workflow-${containerPort}-${process.pid}`;
  const env = Object.entries(options.env ?? {}).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
  const publish = `127.0.0.1:${port}:${containerPort}`;
  startChild('docker', [
    'run',
    '--rm',
    '--name',
    name,
    '-p',
    publish,
    ...env,
    image,
    ...(options.args ?? []),
  ]);
  return { port, stop: () => run('docker', ['rm', '-f', name]).then(() => undefined) };
};

/** Whether a command exits with 0. */
export const succeeds = (command: string, args: readonly string[]): Promise<boolean> =>
  run(command, args).then(
    () => true,
    () => false,
  );
