import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { WorkflowError } from '@fk-workflow/core';
import { recordSchema, type SimulatorRecord } from './records.js';

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
export const openRecordFile = (path: string): RecordFile => {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a+');
  try {
    const content = readFileSync(file);
    const whole = content.lastIndexOf('\n') + 1;
    const repaired = whole < content.length;
    if (repaired) ftruncateSync(file, whole);
    const records = content
      .toString('utf8', 0, whole)
      .split('\n')
      .slice(0, -1)
      .map((line, index) => readRecord(line, `${path}:${index + 1}`));
    return { records, repaired, append: (record) => append(file, record), close: () => closeSync(file) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
};

const append = (file: number, record: SimulatorRecord): void => {
  const { size } = fstatSync(file);
  try {
    writeFileSync(file, `${JSON.stringify(record)}\n`);
    fsyncSync(file);
  } catch (error) {
    // Half a line would spoil the next one.
    ftruncateSync(file, size);
    throw error;
  }
};

const readRecord = (line: string, place: string): SimulatorRecord => {
  const unusable = (cause: unknown): WorkflowError =>
    new WorkflowError(
      'configuration',
      `${place} is not a line that the simulator wrote. Repair it or move the file away.`,
      { cause },
    );
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw unusable(cause);
  }
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) throw unusable(parsed.error);
  return parsed.data;
};
