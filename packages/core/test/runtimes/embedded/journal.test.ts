import { describe, expect, test } from 'vitest';
import { WorkflowError } from '../../../src/errors.js';
import type { JournalEntry, RunStore } from '../../../src/ports/run-store.js';
import { openJournal } from '../../../src/runtimes/embedded/journal.js';
import { memoryRunStore, runMemory } from '../../../src/stores/memory-run-store.js';
import { manualClock } from '../../../src/testing/manual-clock.js';
import { sampleEntry, sampleRun } from '../../../src/testing/samples.js';
import { recordingLogger } from '../../stores/support/recording-logger.js';

/** The journal of a run, and another process on the same memory. */
const open = async (breakIt: (store: RunStore) => Partial<RunStore> = () => ({})) => {
  const memory = runMemory();
  const store = memoryRunStore({ memory });
  const other = memoryRunStore({ memory });
  const clock = manualClock();
  const seen: JournalEntry[] = [];
  let lost = 0;
  const lease = await store.create(sampleRun('run_1'));
  const journal = openJournal({
    runs: { ...store, ...breakIt(store) },
    lease,
    length: 0,
    clock,
    logger: recordingLogger(),
    durable: (entry) => seen.push(entry),
    lost: () => {
      lost += 1;
    },
  });
  return { memory, store, other, clock, journal, seen, lost: () => lost };
};

const away = () => new WorkflowError('store_unavailable', 'The store is away.');

describe('the journal', () => {
  test('hands on what others have posted, in the order of the store', async () => {
    const { journal, other, seen, store } = await open();
    await journal.write(sampleEntry(1));
    await other.post('run_1', sampleEntry(2));
    await other.post('run_1', sampleEntry(3));
    await journal.write(sampleEntry(4));
    await other.post('run_1', sampleEntry(5));
    await journal.catchUp();
    expect(seen).toEqual([1, 2, 3, 4, 5].map(sampleEntry));
    expect(seen).toEqual(await store.journal('run_1'));
    expect(journal.length).toBe(5);
  });

  test('does not write again what was written by an append that seemed to fail', async () => {
    let failures = 1;
    const { journal, clock, seen, store } = await open((runs) => ({
      async append(...args) {
        const length = await runs.append(...args);
        failures -= 1;
        if (failures === 0) throw away();
        return length;
      },
    }));
    const written = Promise.all([journal.write(sampleEntry(1)), journal.write(sampleEntry(2))]);
    await clock.advance(100);
    await written;
    await journal.write(sampleEntry(3));
    expect(await store.journal('run_1')).toEqual([1, 2, 3].map(sampleEntry));
    expect(seen).toEqual([1, 2, 3].map(sampleEntry));
  });

  test('keeps the order when what was posted cannot be read at once', async () => {
    let failures = 1;
    const { journal, clock, other, seen } = await open((runs) => ({
      async journal(...args) {
        failures -= 1;
        if (failures === 0) throw away();
        return runs.journal(...args);
      },
    }));
    await other.post('run_1', sampleEntry(1));
    const written = journal.write(sampleEntry(2));
    await clock.advance(100);
    await written;
    expect(seen).toEqual([1, 2].map(sampleEntry));
  });

  test('stops when the run is lost: what waits resolves, and what comes is refused', async () => {
    const { journal, memory, store, other, seen, lost } = await open();
    memory.owners.delete(store.owner);
    await other.poll({ claim: true });
    await journal.write(sampleEntry(1));
    expect([seen, lost()]).toEqual([[], 1]);
    await expect(journal.tryWrite(sampleEntry(2))).rejects.toMatchObject({ code: 'stale_lease' });
    expect(await store.journal('run_1')).toEqual([]);
  });
});
