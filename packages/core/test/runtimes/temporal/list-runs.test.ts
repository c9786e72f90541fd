import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunArchive } from '../../../src/ports/run-archive.js';
import { byPlace } from '../../../src/runtimes/temporal/client/list-place.js';
import { listRuns } from '../../../src/runtimes/temporal/client/list-runs.js';
import type { Described } from '../../../src/runtimes/temporal/client/run-rows.js';
import { memoryRunArchive } from '../../../src/stores/memory-run-archive.js';
import { sampleEnded } from '../../../src/testing/samples.js';
import { described, visibleRuns } from './support/visible-runs.js';

/** Where a run is known: open or ended in Temporal, and in the archive. */
type Where = 'open' | 'ended' | 'archived' | 'both' | 'late';

interface Known {
  readonly runId: string;
  readonly where: Where;
  readonly at: number;
  readonly workflowId: string;
}

const known = fc
  .array(
    fc.record({
      where: fc.constantFrom<Where>('open', 'ended', 'archived', 'both', 'late'),
      // Few, so that many share a millisecond.
      at: fc.integer({ min: 1, max: 8 }),
      workflowId: fc.constantFrom('wf', 'other'),
    }),
    { maxLength: 40 },
  )
  .map((all): readonly Known[] => all.map((one, n) => ({ ...one, runId: `run_${n % 7}_${n}` })));

/** A list over runs that are known in different places. */
const listOf = async (runs: readonly Known[]) => {
  const archive: RunArchive = memoryRunArchive();
  const visible: Described[] = [];
  for (const { runId, where, at, workflowId } of runs) {
    if (where !== 'open' && where !== 'ended') await archive.put(sampleEnded(runId, workflowId, at));
    if (where === 'open' || where === 'late') visible.push(described(runId, { startedAt: at, workflowId }));
    if (where === 'ended' || where === 'both') visible.push(described(runId, { closedAt: at, workflowId }));
  }
  const deps = {
    visible: visibleRuns(() => visible),
    archive,
    endedRuns: {
      learn: async ({ workflowId, memo, closeTime }: Described) =>
        sampleEnded(workflowId, String(memo?.workflowId), closeTime?.getTime()),
    },
    hasAttributes: async () => false,
  };
  return async (limit: number, workflowId?: string) => {
    const ids: string[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await listRuns(deps, {
        limit,
        ...(cursor === undefined ? {} : { cursor }),
        ...(workflowId === undefined ? {} : { workflowId }),
      });
      ids.push(...page.items.map(({ runId }) => runId));
      sizes.push(page.items.length);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return { ids, sizes };
  };
};

const inOrder = (runs: readonly Known[]): readonly string[] => {
  const sorted = [...runs].sort(byPlace);
  const open = sorted.filter(({ where }) => where === 'open');
  return [...open, ...sorted.filter(({ where }) => where !== 'open')].map(({ runId }) => runId);
};

describe('a list', () => {
  test('shows every run once, in order, wherever it is known and however it is paged', async () => {
    await fc.assert(
      fc.asyncProperty(known, fc.integer({ min: 1, max: 12 }), async (runs, limit) => {
        const list = await listOf(runs);
        const { ids, sizes } = await list(limit);
        expect(ids).toEqual(inOrder(runs));
        // Only the last page is not full.
        expect(sizes.slice(0, -1)).toEqual(sizes.slice(0, -1).map(() => limit));
        expect(Math.max(...sizes)).toBeLessThanOrEqual(limit);
        expect((await list(limit, 'wf')).ids).toEqual(inOrder(runs.filter((run) => run.workflowId === 'wf')));
      }),
    );
  });

  test('has a run that has ended among those, also while Temporal shows it as open', async () => {
    const list = await listOf([
      { runId: 'run_open', where: 'open', at: 1, workflowId: 'wf' },
      { runId: 'run_late', where: 'late', at: 2, workflowId: 'wf' },
    ]);
    expect((await list(10)).ids).toEqual(['run_open', 'run_late']);
  });

  test.each(['bad', 't.AAAA', 'open.-1.x', 'ended.99999999999999.x', 'ended.1', "open.1' OR 1=1.x"])(
    'refuses the cursor "%s"',
    async (cursor) => {
      const deps = {
        visible: async () => ({ found: [] }),
        archive: memoryRunArchive(),
        endedRuns: { learn: async () => undefined },
        hasAttributes: async () => true,
      };
      await expect(listRuns(deps, { limit: 2, cursor })).rejects.toMatchObject({ code: 'invalid_request' });
      expect(await listRuns(deps, { limit: 2, workflowId: "x' OR 1=1" })).toEqual({ items: [] });
    },
  );
});
