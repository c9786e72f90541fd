import { byPlace, isAfter } from '../../../../src/runtimes/temporal/client/list-place.js';
import type {
  VisiblePage,
  VisibleQuery,
  VisibleRun,
} from '../../../../src/runtimes/temporal/client/read-visible.js';
import type { Described } from '../../../../src/runtimes/temporal/client/run-rows.js';
import { workflowType } from '../../../../src/runtimes/temporal/common/contract.js';

/** A run as Temporal describes it; open without `closedAt`. Times are wall-clock ms. */
export const described = (
  runId: string,
  {
    startedAt = 0,
    closedAt,
    workflowId = 'wf',
  }: { startedAt?: number; closedAt?: number; workflowId?: string },
): Described => ({
  type: workflowType,
  workflowId: runId,
  runId: `execution of ${runId}`,
  taskQueue: 'queue',
  historyLength: 20,
  status: closedAt === undefined ? { code: 1, name: 'RUNNING' } : { code: 2, name: 'COMPLETED' },
  memo: { workflowId, version: 1, input: {}, startedAt: new Date(startedAt).toISOString() },
  startTime: new Date(startedAt),
  ...(closedAt === undefined ? {} : { closeTime: new Date(closedAt) }),
  searchAttributes: {},
});

/** Stands in for Temporal's list, over the runs there are now: a page ends between two milliseconds, as there. */
export const visibleRuns =
  (runs: () => readonly Described[]) =>
  async ({ which, before, since, count, workflowId }: VisibleQuery): Promise<VisiblePage> => {
    const all = runs()
      .filter(({ closeTime }) => (closeTime === undefined) === (which === 'open'))
      .map((one): VisibleRun => {
        const at = (one.closeTime ?? one.startTime).getTime();
        return { at, runId: one.workflowId, described: one };
      })
      .filter((run) => (!before || isAfter(run, before)) && run.at >= (since ?? 0))
      .sort(byPlace);
    const over = all.findIndex((run, n) => n >= count && run.at < (all[n - 1]?.at ?? 0));
    const read = over < 0 ? all : all.slice(0, over);
    const next = over < 0 ? undefined : all[over];
    return {
      found: read.filter(({ described: { memo } }) => (workflowId ?? memo?.workflowId) === memo?.workflowId),
      ...(next ? { rest: { at: next.at + 1, runId: '' } } : {}),
    };
  };
