import { deepEqual, equal, ok } from 'node:assert/strict';
import type { ArchivedRun, ListPlace, RunArchive } from '../ports/run-archive.js';
import { type ConformanceCase, casesOf, freshId } from './conformance-case.js';
import { sampleEnded } from './samples.js';

/** What {@link runArchiveConformance} needs of the host. */
export interface RunArchiveConformanceOptions {
  readonly open: () => RunArchive | Promise<RunArchive>;
  /** Frees what `open` made. */
  readonly close?: () => Promise<void>;
}

const withoutEvents = ({ events: _, ...rest }: ArchivedRun): ArchivedRun => rest;

/** The ids that a list gives page by page, and how many are on each page. */
const pages = async (
  archive: RunArchive,
  query: { readonly limit: number; readonly workflowId?: string },
): Promise<{ readonly ids: string[]; readonly sizes: number[] }> => {
  const ids: string[] = [];
  const sizes: number[] = [];
  let before: ListPlace | undefined;
  for (;;) {
    const page = await archive.list({ ...query, ...(before ? { before } : {}) });
    const last = page.at(-1);
    if (!last) return { ids, sizes };
    ids.push(...page.map(({ run }) => run.runId));
    sizes.push(page.length);
    before = { at: last.closedAt, runId: last.run.runId };
  }
};

/** What every {@link RunArchive} must do. The archive may hold other runs too. */
export const runArchiveConformance = ({
  open,
  close = async () => undefined,
}: RunArchiveConformanceOptions): readonly ConformanceCase[] => {
  const test = casesOf(open, () => close());

  return [
    test('gives back an ended run, with its events or without', async (archive) => {
      const whole = sampleEnded(freshId('run'));
      const bare = withoutEvents(sampleEnded(freshId('run')));
      await archive.put(whole);
      await archive.put(bare);
      deepEqual(await archive.get(whole.run.runId), whole);
      deepEqual(await archive.get(bare.run.runId), bare);
    }),
    test('knows nothing of a run that was never put', async (archive) => {
      equal(await archive.get(freshId('run')), undefined);
      deepEqual(await archive.kept([freshId('run')]), []);
      deepEqual(await archive.kept([]), []);
      deepEqual(await archive.list({ limit: 10, workflowId: freshId('wf') }), []);
    }),
    test('keeps what was put first, however often and by however many it is put', async (archive) => {
      const first = sampleEnded(freshId('run'), freshId('wf'));
      const other = { ...sampleEnded(first.run.runId, freshId('wf'), first.closedAt + 1), events: [] };
      await archive.put(first);
      await Promise.all([archive.put(other), archive.put(first), archive.put(other)]);
      deepEqual(await archive.get(first.run.runId), first);
      equal((await archive.list({ limit: 10, workflowId: first.run.workflowId })).length, 1);
      deepEqual(await archive.list({ limit: 10, workflowId: other.run.workflowId }), []);
    }),
    test('adds events that were lacking, once, and takes none away', async (archive) => {
      const whole = sampleEnded(freshId('run'));
      const { runId } = whole.run;
      await archive.put(withoutEvents(whole));
      // Nothing but the events is taken from what comes later.
      await archive.put({ ...sampleEnded(runId, freshId('wf'), 1), events: whole.events });
      deepEqual(await archive.get(runId), whole);
      await archive.put({ ...whole, events: [] });
      await archive.put(withoutEvents(whole));
      deepEqual(await archive.get(runId), whole);
    }),
    test('says which runs it keeps, and whether with their events', async (archive) => {
      const whole = sampleEnded(freshId('run'));
      const bare = withoutEvents(sampleEnded(freshId('run')));
      await archive.put(whole);
      await archive.put(bare);
      const kept = await archive.kept([whole.run.runId, freshId('run'), bare.run.runId, whole.run.runId]);
      deepEqual(
        new Map(kept.map(({ runId, hasEvents }) => [runId, hasEvents])),
        new Map([
          [whole.run.runId, true],
          [bare.run.runId, false],
        ]),
      );
      equal(kept.length, 2);
    }),
    test('lists what closed last first, page by page, also of one workflow', async (archive) => {
      const [workflowId, other] = [freshId('wf'), freshId('other')];
      const ids = [...Array(7).keys()].map((n) => freshId(`run_${n}`));
      // Put in no order; three close in the same millisecond.
      const closedAt = [500, 700, 300, 500, 100, 500, 600];
      for (const [n, id] of ids.entries()) {
        await archive.put(sampleEnded(id, workflowId, closedAt[n]));
        await archive.put(sampleEnded(freshId('run'), other, closedAt[n]));
      }
      const expected = [1, 6, 5, 3, 0, 2, 4].map((n) => ids[n]);
      deepEqual(await pages(archive, { limit: 2, workflowId }), { ids: expected, sizes: [2, 2, 2, 1] });
      const all = (await pages(archive, { limit: 3 })).ids;
      deepEqual(
        all.filter((id) => ids.includes(id)),
        expected,
      );
      equal(new Set(all).size, all.length);
      ok(all.length >= 14, 'without a workflow all runs are listed');
    }),
    test('lists a run as it is, and when it closed', async (archive) => {
      const { run, closedAt, ...rest } = sampleEnded(freshId('run'), freshId('wf'));
      await archive.put({ run, closedAt, ...rest });
      deepEqual(await archive.list({ limit: 1, workflowId: run.workflowId }), [{ run, closedAt }]);
    }),
    test('shares no object with its caller', async (archive) => {
      const ended = sampleEnded(freshId('run'));
      const { runId } = ended.run;
      const before = structuredClone(ended);
      const putting = archive.put(ended);
      Object.assign(ended.run, { input: 'changed' });
      Object.assign(ended.events, { 0: 'changed' });
      await putting;
      Object.assign((await archive.get(runId))?.run ?? {}, { input: 'changed' });
      Object.assign((await archive.get(runId))?.origin ?? {}, { taskQueue: 'changed' });
      deepEqual(await archive.get(runId), before);
    }),
  ];
};
