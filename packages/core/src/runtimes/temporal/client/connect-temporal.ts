import type { Client, Connection, ConnectionLike, TLSConfig } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import pTimeout from 'p-timeout';
import { WorkflowError } from '../../../errors.js';
import type { Logger } from '../../../ports/logger.js';
import { requireAddress } from '../common/require-address.js';
import { connectionFailure, isCertificateFailure, noNamespace } from './connection-failure.js';
import { grpcStatus, grpcStatusOf } from './grpc-status.js';

/** Options of {@link connectTemporal}. */
export interface ConnectTemporalOptions {
  /** `host:port`. */
  readonly address: string;
  /** Default `default`. */
  readonly namespace?: string;
  /** TLS of Temporal Cloud or of your own server. Default: with an API key on, else off. */
  readonly tls?: TLSConfig | boolean;
  /** An API key of Temporal Cloud. */
  readonly apiKey?: string;
  /** Codecs (encryption) and storage for large payloads; the same as the workers'. */
  readonly dataConverter?: Pick<DataConverter, 'payloadCodecs' | 'externalStorage'>;
  /** Milliseconds a call may take. Default 3000. */
  readonly deadlineMs?: number;
  /** Milliseconds between two looks at the server. Default 5000. */
  readonly watchEveryMs?: number;
  readonly logger: Logger;
}

/** A client and the way to call it. */
export interface TemporalCaller {
  readonly client: Client;
  /** Makes calls that share a deadline. Throws `store_unavailable` and `configuration` for what is about the connection. */
  call<T>(work: (sdk: typeof import('@temporalio/client')) => Promise<T>): Promise<T>;
}

/** A connection to a Temporal server that may come and go. */
export interface TemporalConnection extends TemporalCaller {
  /** `host:port`. */
  readonly address: string;
  readonly namespace: string;
  /** From the last look, never from the network. */
  status(): 'connected' | 'disconnected';
  /**
   * Asks the server now. Throws `store_unavailable` when it has not answered within the deadline, `configuration` when it does
   * not accept the credentials or lacks the namespace.
   */
  probe(): Promise<void>;
  /** The same over another connection to the same server: that of a worker in this process. */
  through(other: ConnectionLike): TemporalCaller;
  close(): Promise<void>;
}

/**
 * Connects to Temporal lazily: the process starts whether or not the server is there, and `status` follows it.
 * Left alone, a dead server holds the client's first call for 19 s; every call has a deadline of its own.
 * Throws `missing_peer` without @temporalio/client, `configuration` for a bad address.
 *
 * @example
 * const temporal = await connectTemporal({ address: 'localhost:7233', logger });
 * temporal.status(); // 'connected'
 */
export const connectTemporal = async (options: ConnectTemporalOptions): Promise<TemporalConnection> => {
  const { address, namespace = 'default', deadlineMs = 3000, watchEveryMs = 5000, logger } = options;
  const { tls, apiKey, dataConverter } = options;
  requireAddress(address);
  const sdk = await load();
  const retry = sdk.defaultGrpcRetryOptions();
  const connection: Connection = sdk.Connection.lazy({
    address,
    interceptors: [
      sdk.makeGrpcRetryInterceptor({
        ...retry,
        retryableDecider: (attempt, status) =>
          !isCertificateFailure(status) && retry.retryableDecider(attempt, status),
      }),
    ],
    ...(tls === undefined ? {} : { tls }),
    ...(apiKey === undefined ? {} : { apiKey }),
  });
  const clientOver = (over: ConnectionLike): Client =>
    new sdk.Client({ connection: over, namespace, ...(dataConverter ? { dataConverter } : {}) });
  let seen: 'connected' | 'disconnected' | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  /** Calls under way, also those that nobody waits for any more. */
  const calls = new Set<Promise<unknown>>();

  const call: TemporalConnection['call'] = async (work) => {
    const answer = connection.withDeadline(Date.now() + deadlineMs, () => work(sdk));
    const settled: Promise<unknown> = answer.catch(() => undefined).finally(() => calls.delete(settled));
    calls.add(settled);
    return within(answer);
  };

  /** Waits for an answer by the deadline. The client's pause between two tries may go past its own. */
  const within = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await pTimeout(answer, { milliseconds: deadlineMs + graceMs });
    } catch (error) {
      throw connectionFailure(error) ?? error;
    }
  };

  const through = (other: ConnectionLike): TemporalCaller => ({
    client: clientOver(other),
    // Of a worker's connection, the deadline is that of each try, and its error does not tell it from a cancel: ours comes first.
    call: (work) => within(other.withDeadline(Date.now() + deadlineMs + 2 * graceMs, () => work(sdk))),
  });

  const probe = async (): Promise<void> => {
    try {
      await call(() => connection.workflowService.describeNamespace({ namespace }));
      if (seen !== 'connected') logger.info({ address, namespace }, 'Temporal is connected.');
      seen = 'connected';
    } catch (error) {
      const err = grpcStatusOf(error) === grpcStatus.notFound ? noNamespace(error) : error;
      if (seen !== 'disconnected') logger.warn({ address, namespace, err }, 'Temporal is away.');
      seen = 'disconnected';
      throw err;
    }
  };

  const watch = async (): Promise<void> => {
    // Its outcome is the status.
    await probe().catch(() => undefined);
    if (closed) return;
    timer = setTimeout(watch, watchEveryMs);
    timer.unref();
  };
  await watch();

  return {
    client: clientOver(connection),
    address,
    namespace,
    status: () => seen ?? 'disconnected',
    probe,
    call,
    through,
    async close() {
      closed = true;
      clearTimeout(timer);
      // A call that tries again on a closed channel would break the process; each ends by its deadline.
      await Promise.all(calls);
      await connection.close();
    },
  };
};

/** Milliseconds that the client's own deadline has to come first. */
const graceMs = 250;

const load = async (): Promise<typeof import('@temporalio/client')> => {
  try {
    return await import('@temporalio/client');
  } catch (cause) {
    throw new WorkflowError(
      'missing_peer',
      'Temporal needs the package @temporalio/client. Install it: npm i @temporalio/client',
      { cause },
    );
  }
};
