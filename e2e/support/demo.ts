import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A demo in a process of its own. */
export interface Demo {
  readonly url: string;
  /** What it has printed on both outputs. */
  output(): string;
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code, null when a signal ended it. */
  stop(): Promise<number | null>;
}

/** Options of {@link startDemo}. */
export interface DemoOptions {
  /** Default `express`. */
  readonly host?: 'express' | 'fastify';
  /** Its data, kept over a restart. */
  readonly dataDir: string;
  /** Added to an environment that has none of the demo's variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A new folder for the data of a demo. */
export const dataFolder = async (): Promise<{ readonly path: string; remove(): Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), 'fk-workflow-demo-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};

/** What the process needs of the surrounding environment; services are named by the test. */
const passedOn = ['PATH', 'HOME', 'TMPDIR'];

/**
 * Starts the built demo on a free port, as `npm run demo` does (it builds what is older than its sources).
 * Rejects with its output when it ends before it serves.
 */
export const startDemo = async ({ host = 'express', dataDir, env }: DemoOptions): Promise<Demo> => {
  const surrounding = Object.fromEntries(passedOn.map((name) => [name, process.env[name]]));
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/demo.ts', host], {
    env: { ...surrounding, PORT: '0', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const url = await new Promise<string>((resolve, reject) => {
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /demo: (http:\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    // 'close' comes when both outputs are read to their end.
    child.once('close', (code) => reject(new Error(`The demo ended with ${code}:\n${output}`)));
  });
  return {
    url,
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
};
