import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type {
  InjectedSinks,
  NativeConnection,
  TLSConfig,
  Worker,
  WorkflowBundleOption,
} from '@temporalio/worker';
import type { Catalog } from '../../../catalog/catalog.js';
import { systemClock } from '../../../clock.js';
import { WorkflowError } from '../../../errors.js';
import type { Logger } from '../../../ports/logger.js';
import type { SecretResolver } from '../../../ports/secret-resolver.js';
import type { WorkerSinks } from '../common/contract.js';
import { requireAddress } from '../common/require-address.js';
import { createCallHandler } from './call-handler.js';
import { installRuntime } from './install-runtime.js';
import { createLookout } from './lookout.js';
import { createOwnActivities } from './own-activities.js';

/** Options of {@link createWorker}. */
export interface CreateWorkerOptions {
  /** `host:port`. */
  readonly address: string;
  /** Default `default`. */
  readonly namespace?: string;
  /** TLS of Temporal Cloud or of your own server. Default: with an API key on, else off. */
  readonly tls?: TLSConfig | boolean;
  /** An API key of Temporal Cloud. */
  readonly apiKey?: string;
  /** The queue it serves. Default `fk-workflow`. */
  readonly taskQueue?: string;
  readonly catalog: Catalog;
  readonly logger: Logger;
  /** Gives the value of a secret that an action's input reads as `secrets.NAME`. Default: there are no secrets. */
  readonly secrets?: SecretResolver;
  /** Codecs (encryption) and storage for large payloads; the same as the client's. */
  readonly dataConverter?: Pick<DataConverter, 'payloadCodecs' | 'externalStorage'>;
  /** Milliseconds that handlers get to end at `close`. Default 10,000. */
  readonly graceMs?: number;
  /** The code of the workflow. Default: what the package ships; another one adds interceptors. */
  readonly workflowBundle?: WorkflowBundleOption;
}

/** A worker that follows its server: it starts whether or not the server is there, and goes on when it is back. */
export interface TemporalWorker {
  /** `host:port` of its server. */
  readonly address: string;
  readonly namespace: string;
  /** The queue it serves. */
  readonly taskQueue: string;
  /** True while it runs and the server has seen it poll lately. */
  ready(): boolean;
  /** Its connection while it is ready, for a client of this process to start runs through. */
  connection(): NativeConnection | undefined;
  /** Takes nothing new, lets handlers end within `graceMs`, aborts the rest. */
  close(): Promise<void>;
}

const firstPauseMs = 500;
const longestPauseMs = 5000;

/** Handlers that ignore their signal are left behind so long after it. */
const forceAfterMs = 5000;

/**
 * Serves a task queue: interprets runs, and calls the handlers of the catalog as activities.
 * Throws `missing_peer` without the packages of Temporal, `configuration` for a bad address.
 *
 * @example
 * const worker = await createWorker({ address: 'localhost:7233', catalog, logger });
 * process.once('SIGTERM', () => worker.close());
 */
export const createWorker = async (options: CreateWorkerOptions): Promise<TemporalWorker> => {
  const { address, namespace = 'default', taskQueue = 'fk-workflow', logger, graceMs = 10_000 } = options;
  requireAddress(address);
  const sdk = await load();
  installRuntime(sdk.worker, logger);
  const identity = `${process.pid}@${hostname()} ${randomUUID().slice(0, 8)}`;
  const { call, giveUp } = createCallHandler({
    ...sdk,
    catalog: options.catalog,
    clock: systemClock,
    logger,
    secrets: options.secrets ?? (async () => undefined),
    storesLarge: options.dataConverter?.externalStorage !== undefined,
  });
  const sinks: InjectedSinks<WorkerSinks> = {
    calls: { giveUp: { fn: (_info, name) => giveUp(name), callDuringReplay: false } },
  };
  const lookout = createLookout({ namespace, taskQueue, identity, logger });
  let current: { readonly worker: Worker; readonly connection: NativeConnection } | undefined;
  let closed = false;
  let endPause = (): void => undefined;

  const work = async (connection: NativeConnection): Promise<void> => {
    const worker = await sdk.worker.Worker.create({
      connection,
      namespace,
      taskQueue,
      identity,
      workflowBundle: options.workflowBundle ?? { codePath: shippedCode },
      activities: { ...createOwnActivities(options.catalog), default: call },
      sinks,
      shutdownGraceTime: graceMs,
      shutdownForceTime: graceMs + forceAfterMs,
      // A cancel reaches a handler with the answer to a heartbeat.
      maxHeartbeatThrottleInterval: '1s',
      ...(options.dataConverter ? { dataConverter: options.dataConverter } : {}),
    });
    current = { worker, connection };
    // Closed while it was made: `run` is what frees it.
    const running = worker.run();
    if (closed) worker.shutdown();
    lookout.watch(worker, connection);
    await running;
  };

  const connectAndWork = async (): Promise<void> => {
    const { tls, apiKey } = options;
    const connection = await sdk.worker.NativeConnection.connect({
      address,
      // In clear, the server is near: to gzip what goes there, as the SDK does, takes both sides longer than to send it.
      ...(tls || apiKey !== undefined ? {} : { grpcCompression: { codec: 'none' } }),
      ...(tls === undefined ? {} : { tls }),
      ...(apiKey === undefined ? {} : { apiKey }),
    });
    try {
      await work(connection);
    } finally {
      current = undefined;
      lookout.stop();
      await connection.close();
    }
  };

  const supervise = async (): Promise<void> => {
    for (let failures = 0; !closed; failures += 1) {
      try {
        await connectAndWork();
        failures = 0;
      } catch (err) {
        logger.warn({ address, taskQueue, err }, 'The Temporal worker does not run; it tries again.');
      }
      if (closed) return;
      await new Promise<void>((resolve) => {
        const cancel = systemClock.after(Math.min(firstPauseMs * 2 ** failures, longestPauseMs), resolve);
        endPause = () => {
          cancel();
          resolve();
        };
      });
    }
  };
  const ended = supervise();

  const isRunning = (): boolean => current?.worker.getState() === 'RUNNING';
  const ready = (): boolean => !closed && isRunning() && lookout.sees();

  return {
    address,
    namespace,
    taskQueue,
    ready,
    connection: () => (ready() ? current?.connection : undefined),
    async close() {
      closed = true;
      endPause();
      if (isRunning()) current?.worker.shutdown();
      await ended;
    },
  };
};

/** Lies beside the built entry, see `bundle-workflow.ts`. */
const shippedCode = fileURLToPath(new URL('./temporal-workflow.cjs', import.meta.url));

const load = async () => {
  try {
    const [worker, activity, common] = await Promise.all([
      import('@temporalio/worker'),
      import('@temporalio/activity'),
      import('@temporalio/common'),
    ]);
    return { worker, activity, common };
  } catch (cause) {
    throw new WorkflowError(
      'missing_peer',
      'A Temporal worker needs packages: npm i @temporalio/worker @temporalio/workflow @temporalio/activity @temporalio/common',
      { cause },
    );
  }
};
