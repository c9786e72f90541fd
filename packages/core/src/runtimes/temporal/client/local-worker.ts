import type { ConnectionLike } from '@temporalio/client';

/** What `createWorker` gives, of which the client knows no more: a worker in its process. Runs started beside it begin there. */
export interface LocalWorker {
  /** `host:port` of its server. */
  readonly address: string;
  readonly namespace: string;
  /** The queue it serves. */
  readonly taskQueue: string;
  /** Its connection while it is ready, to start runs through; else undefined. */
  connection(): ConnectionLike | undefined;
}
