import type { Logger } from '@fk-workflow/core';
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
export declare const openLedger: (path: string | undefined, logger: Logger | undefined) => Ledger;
