import type {
  ClaimedRun,
  JournalEntry,
  RunLease,
  RunPatch,
  RunStore,
  StoredRun,
} from '../ports/run-store.js';
import { pageSize, runPlace, toPage } from './paging.js';
import { noRun, runExists, staleRun, takenForDead } from './store-errors.js';

interface Row {
  readonly place: number;
  run: StoredRun['run'];
  readonly definition: string;
  readonly journal: string[];
  owner: string | undefined;
  fence: number;
  wakeAt: number | null;
  posted: boolean;
}

/** Memory that several run stores share, as processes share a database. */
export interface RunMemory {
  readonly rows: Map<string, Row>;
  /** The ids of the stores that are open. */
  readonly owners: Set<string>;
  /** Ids and places are numbered. */
  readonly next: () => number;
}

/** Makes a {@link RunMemory}. */
export const runMemory = (): RunMemory => {
  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  return { rows: new Map(), owners: new Set(), next };
};

/** Milliseconds between two looks at what other stores on the same memory do. */
const pollMs = 250;

const isOpen = (row: Row): boolean => row.run.status === 'running' || row.run.status === 'waiting';

const parseDefinition = (text: string): StoredRun['definition'] => JSON.parse(text);
const parseEntry = (text: string): JournalEntry => JSON.parse(text);

/**
 * Keeps runs in the memory of this process: they end with it. Open runs are always kept; of ended ones the oldest go
 * when there are more than `max` runs (default 10,000). Stores on one `memory` share their runs; one that is not closed
 * lives until its id is taken from `memory.owners`.
 *
 * @example
 * const runs = memoryRunStore();
 */
export const memoryRunStore = ({
  max = 10_000,
  memory,
}: {
  readonly max?: number;
  readonly memory?: RunMemory;
} = {}): RunStore => {
  const { rows, owners, next } = memory ?? runMemory();
  const owner = `memory_${next()}`;
  owners.add(owner);

  const rowOf = (runId: string): Row => {
    const row = rows.get(runId);
    if (!row) throw noRun(runId);
    return row;
  };

  const makeRoom = (): void => {
    if (rows.size <= max) return;
    for (const [runId, row] of rows) {
      if (isOpen(row)) continue;
      rows.delete(runId);
      return;
    }
  };

  const claim = (mayHave: (row: Row) => boolean): ClaimedRun[] =>
    [...rows.values()].filter((row) => isOpen(row) && mayHave(row)).map(take);

  const take = (row: Row): ClaimedRun => {
    row.owner = owner;
    row.fence += 1;
    return { runId: row.run.runId, fence: row.fence, wakeAt: row.wakeAt };
  };

  const isNobodys = (row: Row): boolean => row.owner === undefined || !owners.has(row.owner);

  const requireOwned = ({ runId, fence }: RunLease): Row => {
    const row = rowOf(runId);
    if (row.owner !== owner || row.fence !== fence) throw staleRun(runId);
    return row;
  };

  return {
    kind: 'memory',
    owner,
    pollMs: memory && pollMs,
    async create({ run, definition }) {
      if (rows.has(run.runId)) throw runExists(run.runId);
      if (!owners.has(owner)) throw takenForDead();
      rows.set(run.runId, {
        place: next(),
        run: structuredClone(run),
        definition: JSON.stringify(definition),
        journal: [],
        owner,
        fence: 1,
        wakeAt: 0,
        posted: false,
      });
      makeRoom();
      return { runId: run.runId, fence: 1 };
    },
    async append(lease, entries, patch) {
      const row = requireOwned(lease);
      // Everything is serialised before anything changes, so that an append is all or nothing.
      const texts = entries.map((entry) => JSON.stringify(entry));
      const { rest, ...change }: Partial<RunPatch> = structuredClone(patch ?? {});
      if (texts.length > 0) row.wakeAt = 0;
      row.run = { ...row.run, ...change };
      row.journal.push(...texts);
      if (patch) row.wakeAt = rest?.entries === row.journal.length ? rest.until : 0;
      if (!isOpen(row)) row.owner = undefined;
      return row.journal.length;
    },
    async post(runId, entry, length) {
      const row = rowOf(runId);
      const text = JSON.stringify(entry);
      if (!isOpen(row) || (length ?? row.journal.length) !== row.journal.length) return false;
      row.journal.push(text);
      row.wakeAt = 0;
      row.posted = true;
      return true;
    },
    async get(runId) {
      const row = rows.get(runId);
      return row && { run: structuredClone(row.run), definition: parseDefinition(row.definition) };
    },
    async journal(runId, after = 0) {
      return rowOf(runId).journal.slice(after).map(parseEntry);
    },
    async open() {
      owners.add(owner);
      return claim((row) => row.owner === owner || isNobodys(row));
    },
    async poll({ claim: claims }) {
      const expired = !owners.has(owner);
      owners.add(owner);
      // What nobody has taken of its old runs is claimed anew: all leases of before have ended.
      const mayHave = (row: Row): boolean => isNobodys(row) || (expired && row.owner === owner);
      const claimed = claims ? claim(mayHave) : [];
      const posted = [...rows.values()].filter((row) => row.owner === owner && row.posted);
      for (const row of posted) row.posted = false;
      return { expired, claimed, posted: posted.map(({ run }) => run.runId) };
    },
    async list({ limit, cursor, workflowId }) {
      const before = cursor === undefined ? Number.POSITIVE_INFINITY : runPlace(cursor);
      const size = pageSize(limit);
      const found = [...rows.values()]
        .reverse()
        .filter((row) => row.place < before)
        .filter((row) => workflowId === undefined || row.run.workflowId === workflowId)
        .slice(0, size + 1);
      return toPage(
        found,
        size,
        (row) => structuredClone(row.run),
        (row) => String(row.place),
      );
    },
    async close() {
      owners.delete(owner);
    },
  };
};
