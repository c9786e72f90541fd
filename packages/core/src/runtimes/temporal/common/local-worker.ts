import type { ConnectionLike } from '@temporalio/client';

/** A worker in the process of a client: runs that are started beside it begin there at once. */
export interface LocalWorker {
  /** `host:port` of its server. */
  readonly address: string;
  readonly namespace: string;
  /** The queue it serves. */
  readonly taskQueue: string;
  /** Its connection while it is ready, to start runs through; else undefined. */
  connection(): ConnectionLike | undefined;
}
