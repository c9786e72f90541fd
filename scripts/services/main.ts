/**
 * `npm run services [command…]`: finds or installs the real services that tests use, starts them on free loopback ports,
 * runs the command with their addresses in its environment, and stops what it started.
 * Without a command it prints the addresses and stays until Ctrl-C.
 * A service that cannot be had is skipped loudly; with CI=true that is a failure.
 */
import { spawn } from 'node:child_process';
import { chromium } from './chromium.js';
import { postgres } from './postgres.js';
import { redis } from './redis.js';
import type { Service, Started } from './service.js';
import { temporal } from './temporal.js';

const say = (line: string): void => console.error(`services: ${line}`);

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const startOne = async (service: Service): Promise<Started | undefined> => {
  const given = process.env[service.variable];
  if (given) return { address: given, how: `${service.variable} is set` };
  try {
    return await service.start().catch((error: unknown) => {
      if (stop.signal.aborted) throw error;
      // A port that was free a moment ago may have been taken by another program.
      say(`${service.name}: did not start, trying once more (${sentenceOf(error)})`);
      return service.start();
    });
  } catch (error) {
    say(`!!! SKIPPED ${service.name}: ${sentenceOf(error)}`);
    return undefined;
  }
};

/** Aborts on Ctrl-C and SIGTERM, also while services still start, so that none is left behind. */
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort(signal));

const runCommand = (command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env });
    stop.signal.addEventListener('abort', () => child.kill(stop.signal.reason));
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });

const untilStopped = (): Promise<number> =>
  new Promise((resolve) => {
    // Something must keep the process alive while there is nothing to run.
    const alive = setInterval(() => undefined, 2 ** 30);
    stop.signal.addEventListener('abort', () => {
      clearInterval(alive);
      resolve(0);
    });
  });

const main = async (): Promise<number> => {
  const services = [redis, postgres, chromium, temporal];
  const started = await Promise.all(services.map(startOne));
  try {
    const env: NodeJS.ProcessEnv = { ...process.env };
    services.forEach((service, index) => {
      const one = started[index];
      if (!one) return;
      env[service.variable] = one.address;
      say(`${service.name}: ${service.variable}=${one.address} (${one.how})`);
    });
    if (stop.signal.aborted) return 130;
    if (process.env.CI === 'true' && started.includes(undefined)) return 1;
    const [command, ...args] = process.argv.slice(2);
    return command ? await runCommand(command, args, env) : await untilStopped();
  } finally {
    await Promise.all(started.map((one) => one?.stop?.()));
  }
};

process.exitCode = await main();
