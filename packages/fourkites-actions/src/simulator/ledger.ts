import type { Logger } from '@fk-workflow/core';
import { openRecordFile } from './record-file.js';
import type { RecordOf, SimulatorRecord } from './records.js';

/** All that happened, in order: the simulator's only state. */
export interface Ledger {
  /** The records of a type. */
  all<T extends SimulatorRecord['type']>(type: T): readonly RecordOf<T>[];
  /** The record of this type and key; without one, makes it and keeps it. `make` may throw: then nothing is kept. */
  once<T extends SimulatorRecord['type']>(type: T, key: string, make: () => RecordOf<T>): RecordOf<T>;
  close(): void;
}

/** Opens a ledger in memory, or in a file that survives the process. */
export const openLedger = (path: string | undefined, logger: Logger | undefined): Ledger => {
  const file = path === undefined ? undefined : openRecordFile(path);
  if (file?.repaired)
    logger?.warn({ path }, 'the last line of the simulator’s file was cut, so it was dropped');
  const byType = new Map<string, SimulatorRecord[]>();
  const byKey = new Map<string, SimulatorRecord>();
  const keep = (record: SimulatorRecord): void => {
    const sameType = byType.get(record.type);
    if (sameType) sameType.push(record);
    else byType.set(record.type, [record]);
    byKey.set(`${record.type} ${record.key}`, record);
  };
  for (const record of file?.records ?? []) keep(record);

  return {
    all: (type) => (byType.get(type) ?? []).filter((record) => isOf(type, record)),
    once(type, key, make) {
      const known = byKey.get(`${type} ${key}`);
      if (known && isOf(type, known)) return known;
      const record = make();
      file?.append(record);
      keep(record);
      return record;
    },
    close: () => file?.close(),
  };
};

const isOf = <T extends SimulatorRecord['type']>(type: T, record: SimulatorRecord): record is RecordOf<T> =>
  record.type === type;
