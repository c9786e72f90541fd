import type { WriteCall } from './call.js';

/** A line that a workflow writes for people. */
export interface LogEntry {
  readonly runId: string;
  readonly stepId: string;
  readonly message: string;
  /** JSON. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The log that workflows write to. */
export interface ActionLog {
  write(entry: LogEntry, call: WriteCall): Promise<void>;
}
