import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Runs a command to its end; gives its standard output. Throws with its standard error. */
export const run = async (
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string> => {
  const { stdout } = await promisify(execFile)(command, [...args], {
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
};

/** The first of `names` that is an executable on PATH or in `folders`. */
export const findBinary = async (
  names: readonly string[],
  folders: readonly string[] = [],
): Promise<string | undefined> => {
  const candidates = [...(process.env.PATH ?? '').split(delimiter), ...folders].flatMap((folder) =>
    names.map((name) => join(folder, name)),
  );
  for (const path of candidates) {
    const executable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (executable) return path;
  }
  return undefined;
};

/** A loopback port that is free now. */
export const freePort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('No free port could be found.');
  return address.port;
};

/** Starts a long-running child whose output is kept for an error message. */
export const startChild = (command: string, args: readonly string[], options: SpawnOptions = {}): Child => {
  const child = spawn(command, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(error.message)));
  return { child, output: () => output, stop: () => stopChild(child) };
};

/** A running child process. */
export interface Child {
  readonly child: ChildProcess;
  /** The end of what it printed. */
  output(): string;
  stop(): Promise<void>;
}

const stopChild = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(timer);
};

/** Tries `probe` until it does not throw, at most `ms`; fails early when the child ends. A failure stops the child. */
export const waitUntil = async (probe: () => Promise<unknown>, ms: number, child?: Child): Promise<void> => {
  const deadline = Date.now() + ms;
  for (;;) {
    try {
      await probe();
      return;
    } catch (error) {
      const ended = child && (child.child.exitCode !== null || child.child.signalCode !== null);
      if (ended || Date.now() > deadline) {
        await child?.stop();
        throw new Error(
          `It did not come up: ${child?.output() || (error instanceof Error ? error.message : error)}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
};
