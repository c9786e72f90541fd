import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WorkflowError } from '@fk-workflow/core';
import type { Handler } from '@fk-workflow/server-adapter';
import { composeDemo, type Demo } from './compose-demo.js';
import { type Config, readConfig } from './config.js';

/** A framework's app that listens. */
export interface ListeningApp {
  readonly server: Server;
  /** What the framework frees besides the server. */
  close?(): PromiseLike<unknown>;
}

/** Mounts the handler in a framework and listens; rejects with the server's error, such as `EADDRINUSE`. */
export type StartApp = (
  handler: Handler,
  address: { readonly host: string; readonly port: number },
) => Promise<ListeningApp>;

/** Milliseconds that turns and handlers get to end after SIGTERM. */
const graceMs = 10_000;

/**
 * Runs a demo in this process until SIGTERM or SIGINT: reads the environment, composes, listens, says so.
 * On the signal it turns not ready, stops accepting, lets work end within 10 s and exits with 0; a second signal exits
 * at once. What a person can put right at the start is a sentence on standard error and exit code 1.
 */
export const runDemo = async (name: string, start: StartApp): Promise<void> => {
  try {
    const config = readConfig(process.env);
    const demo = await composeDemo(config, name);
    const app = await startOrFree(demo, config, start);
    for (const line of demo.parts) console.log(line);
    console.log(`${name} demo: ${urlOf(app.server, config.host)}`);
    stopOnSignal(demo, app);
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  }
};

const startOrFree = async (demo: Demo, { host, port }: Config, start: StartApp): Promise<ListeningApp> => {
  try {
    await demo.builder.start();
    return await start(demo.handler, { host, port });
  } catch (error) {
    await demo.close(0);
    throw error;
  }
};

const urlOf = (server: Server, host: string): string => {
  const address = server.address();
  const port = isPortAddress(address) ? address.port : '?';
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
};

const isPortAddress = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;

const stopOnSignal = (demo: Demo, app: ListeningApp): void => {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(130);
    stopping = true;
    try {
      await closeAll(demo, app);
      process.exit(0);
    } catch (error) {
      console.error(sentenceOf(error));
      process.exit(1);
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};

/** In this order: not ready, no new connection, work ends, streams that are left are cut, the framework's rest. */
const closeAll = async (demo: Demo, { server, close }: ListeningApp): Promise<void> => {
  const ended = demo.close(graceMs);
  const closed = once(server, 'close');
  server.close();
  await ended;
  server.closeAllConnections();
  await closed;
  await close?.();
};

/** What a person can put right is a sentence; anything else keeps its stack. */
const sentenceOf = (error: unknown): string => {
  if (WorkflowError.is(error)) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port, address } = { code: '', port: '', address: '', ...error };
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${address} is in use: stop what listens there or set PORT.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user: set PORT to 1024 or more.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'HOST is no address of this machine: set another.';
  return error.stack ?? error.message;
};
