import { deepEqual, equal, ok } from 'node:assert/strict';
import type { JournalEntry, RunStore } from '../ports/run-store.js';
import { type ConformanceCase, casesOf, failsWith, freshId } from './conformance-case.js';
import { runOwnershipConformance } from './run-ownership-conformance.js';
import { sampleEntry, sampleRun } from './samples.js';

/** What {@link runStoreConformance} needs of the host. */
export interface RunStoreConformanceOptions {
  /** Opens a store on the one database under test, as a process does: several are open at the same time. Give it a short lease. */
  readonly open: () => RunStore | Promise<RunStore>;
  /** Lets the others take a store for dead, without its knowing: its process has stood still for longer than the lease. */
  readonly expire: (store: RunStore) => void | Promise<void>;
}

/** An entry that no store can serialise: what it is appended with must not be stored either. */
const unstorable = (): JournalEntry => {
  const circular: Record<string, never> = {};
  Object.assign(circular, { self: circular });
  return { kind: 'signal', name: 'reply', payload: circular, by: null, at: 1 };
};

/** What every {@link RunStore} must do. The store may hold other runs too. */
export const runStoreConformance = (options: RunStoreConformanceOptions): readonly ConformanceCase[] => {
  const test = casesOf(options.open, (store) => store.close());

  return [
    ...runOwnershipConformance(options),
    test('gives back a run and the definition it is pinned to', async (store) => {
      const stored = sampleRun(freshId('run'));
      await store.create(stored);
      deepEqual(await store.get(stored.run.runId), stored);
      deepEqual(await store.journal(stored.run.runId), []);
    }),
    test('knows nothing of a run that was never created', async (store) => {
      const runId = freshId('run');
      equal(await store.get(runId), undefined);
      await failsWith('not_found', () => store.journal(runId));
      await failsWith('not_found', () => store.append({ runId, fence: 1 }, [sampleEntry(1)]));
      await failsWith('not_found', () => store.post(runId, sampleEntry(1)));
    }),
    test('refuses to create what exists', async (store) => {
      const stored = sampleRun(freshId('run'));
      const made = await Promise.allSettled([store.create(stored), store.create(stored)]);
      equal(made.filter((one) => one.status === 'fulfilled').length, 1);
      await failsWith('already_exists', () => store.create(stored));
    }),
    test('keeps the journal in the order of the appends', async (store) => {
      const lease = await store.create(sampleRun(freshId('run')));
      equal(await store.append(lease, [sampleEntry(1), sampleEntry(2)]), 2);
      // Not awaited one by one: the order is that of the calls.
      const lengths = await Promise.all([3, 4, 5].map((n) => store.append(lease, [sampleEntry(n)])));
      deepEqual(lengths, [3, 4, 5]);
      await store.append(lease, [sampleEntry(6), sampleEntry(7)]);
      equal(await store.append(lease, []), 7);
      deepEqual(await store.journal(lease.runId), [1, 2, 3, 4, 5, 6, 7].map(sampleEntry));
      deepEqual(await store.journal(lease.runId, 5), [6, 7].map(sampleEntry));
      deepEqual(await store.journal(lease.runId, 7), []);
    }),
    test('keeps equal entries and every kind of entry', async (store) => {
      const lease = await store.create(sampleRun(freshId('run')));
      const entries: JournalEntry[] = [
        { kind: 'intent', path: 'mail', attempt: 1, at: 1, undo: true },
        sampleEntry(1),
        sampleEntry(1),
        {
          kind: 'error',
          path: 'mail',
          attempt: 2,
          at: 2,
          error: { code: 'busy', message: 'Later.' },
          retryable: true,
        },
        { kind: 'timer', path: 'pause', purpose: 'wait', at: 3 },
        { kind: 'signal', name: 'reply', payload: JSON.parse('{"__proto__":{"a":1}}'), by: 'ann', at: 4 },
        { kind: 'cancel', reason: null, at: 5 },
      ];
      await store.append(lease, entries);
      const read = await store.journal(lease.runId);
      equal(JSON.stringify(read), JSON.stringify(entries));
    }),
    test('keeps the journals of runs apart', async (store) => {
      const create = () => store.create(sampleRun(freshId('run')));
      const [one, two] = await Promise.all([create(), create()]);
      await Promise.all([store.append(one, [sampleEntry(1)]), store.append(two, [sampleEntry(2)])]);
      deepEqual(await store.journal(one.runId), [sampleEntry(1)]);
      deepEqual(await store.journal(two.runId), [sampleEntry(2)]);
    }),
    test('changes the row together with the entries', async (store) => {
      const stored = sampleRun(freshId('run'));
      const { runId } = stored.run;
      const lease = await store.create(stored);
      await store.append(lease, [sampleEntry(1)], { status: 'waiting' });
      deepEqual((await store.get(runId))?.run, { ...stored.run, status: 'waiting' });
      const end = { status: 'succeeded', output: null, endedAt: '2030-01-03T00:00:00.000Z' } as const;
      await store.append(lease, [], end);
      deepEqual((await store.get(runId))?.run, { ...stored.run, ...end });
      deepEqual(await store.journal(runId), [sampleEntry(1)]);
    }),
    test('keeps the error of a failed run', async (store) => {
      const stored = sampleRun(freshId('run'));
      const end = {
        status: 'failed',
        error: { code: 'action_failed', message: 'The mailbox is full.', path: 'mail' },
        endedAt: '2030-01-03T00:00:00.000Z',
      } as const;
      await store.append(await store.create(stored), [sampleEntry(1)], end);
      deepEqual((await store.get(stored.run.runId))?.run, { ...stored.run, ...end });
    }),
    test('appends all or nothing', async (store) => {
      const stored = sampleRun(freshId('run'));
      const { runId } = stored.run;
      const lease = await store.create(stored);
      let failed = false;
      try {
        await store.append(lease, [sampleEntry(1), unstorable()], { status: 'waiting' });
      } catch {
        failed = true;
      }
      ok(failed, 'what cannot be stored is refused');
      deepEqual(await store.journal(runId), []);
      deepEqual(await store.get(runId), stored);
    }),
    test('a refused call leaves those made at the same time alone', async (store) => {
      const lease = await store.create(sampleRun(freshId('run')));
      const [first, refused, second] = await Promise.allSettled([
        store.append(lease, [sampleEntry(1)]),
        store.append({ ...lease, runId: freshId('run') }, [sampleEntry(9)]),
        store.append(lease, [sampleEntry(2)]),
      ]);
      deepEqual([first?.status, refused?.status, second?.status], ['fulfilled', 'rejected', 'fulfilled']);
      deepEqual(await store.journal(lease.runId), [sampleEntry(1), sampleEntry(2)]);
    }),
    test('lists newest first, page by page, also of one workflow', async (store) => {
      const workflowId = freshId('wf');
      const ids = Array.from({ length: 5 }, () => freshId('run'));
      for (const id of ids) {
        await store.create(sampleRun(id, workflowId));
        await store.create(sampleRun(freshId('run'), freshId('other')));
      }
      const seen: string[] = [];
      const sizes: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list({ workflowId, limit: 2, ...(cursor === undefined ? {} : { cursor }) });
        sizes.push(page.items.length);
        seen.push(...page.items.map((run) => run.runId));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      deepEqual(seen, [...ids].reverse());
      deepEqual(sizes, [2, 2, 1]);
      const [newest] = (await store.list({ limit: 100 })).items;
      ok(newest && newest.workflowId !== workflowId, 'without a workflow all runs are listed');
    }),
    test('refuses a cursor it did not hand out', async (store) => {
      await failsWith('invalid_request', () => store.list({ limit: 2, cursor: "1' or 1=1" }));
    }),
    test('shares no object with its caller', async (store) => {
      const stored = sampleRun(freshId('run'));
      const { runId } = stored.run;
      const before = structuredClone(stored);
      const entry = sampleEntry(1);
      await store.append(await store.create(stored), [entry]);
      Object.assign(stored.run, { workflowId: 'changed' });
      Object.assign(entry, { path: 'changed' });
      Object.assign((await store.get(runId))?.run ?? {}, { input: 'changed' });
      deepEqual(await store.get(runId), before);
      deepEqual(await store.journal(runId), [sampleEntry(1)]);
    }),
  ];
};
