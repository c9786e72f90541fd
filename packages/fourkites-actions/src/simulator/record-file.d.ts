import { type SimulatorRecord } from './records.js';
/** A file of records, for one process at a time. */
export interface RecordFile {
  /** What it held when it was opened. */
  readonly records: readonly SimulatorRecord[];
  /** Whether it ended in the middle of a line, which was cut off then. */
  readonly repaired: boolean;
  /** Returns when the record is on the disk. */
  append(record: SimulatorRecord): void;
  close(): void;
}
/**
 * Opens a file of JSON lines, or makes it. A process that was killed in the middle of a write leaves a last line without
 * an end: it was never answered, so it is cut off. Throws `configuration` when a whole line is not a record.
 */
export declare const openRecordFile: (path: string) => RecordFile;
