import type { ListPlace, RunArchive } from '../../../ports/run-archive.js';
import type { Page } from '../../../protocol/workflows.js';
import type { Run } from '../../../workflow/run.js';
import type { EndedRuns } from './ended-runs.js';
import { byPlace, type ListCursor, readCursor, writeCursor } from './list-place.js';
import type { VisiblePage, VisibleQuery, VisibleRun } from './read-visible.js';
import { openStatus, startedRow } from './run-rows.js';

/** Where lists come from. */
interface ListDeps {
  /** Temporal's list. */
  readonly visible: (query: VisibleQuery) => Promise<VisiblePage>;
  readonly archive: RunArchive;
  readonly endedRuns: Pick<EndedRuns, 'learn'>;
  readonly hasAttributes: () => Promise<boolean>;
}

type PartQuery = Omit<VisibleQuery, 'which' | 'since'>;

/** A part of a page, at most as many runs as asked for, and where the list goes on. */
interface Part {
  readonly runs: readonly Run[];
  readonly next: ListCursor | undefined;
}

/**
 * A page of runs: first the open ones, those that started last before the others; then those that have ended, those that
 * ended last before the others, whether Temporal has them, the archive or both. Temporal's list follows a start or an end
 * within a second or so. A run that ends while somebody pages may be shown again, as ended; none is left out.
 */
export const listRuns = async (
  deps: ListDeps,
  query: { readonly limit: number; readonly cursor?: string; readonly workflowId?: string },
): Promise<Page<Run>> => {
  const { limit, cursor, workflowId } = query;
  // Into a query goes only what a definition may be called.
  if (workflowId !== undefined && !/^[A-Za-z0-9_-]{1,100}$/.test(workflowId)) return { items: [] };
  const indexed = workflowId !== undefined && (await deps.hasAttributes());
  const items: Run[] = [];
  let next: ListCursor | undefined = cursor === undefined ? { which: 'open' } : readCursor(cursor);
  while (next && items.length < limit) {
    const read = next.which === 'open' ? openRuns : endedRuns;
    const { before } = next;
    const part: Part = await read(deps, { workflowId, indexed, before, count: limit - items.length });
    // A run may end between the two parts.
    items.push(...part.runs.filter(({ runId }) => !items.some((one) => one.runId === runId)));
    next = part.next;
  }
  return { items, ...(next ? { nextCursor: writeCursor(next) } : {}) };
};

const openRuns = async ({ visible, archive }: ListDeps, query: PartQuery): Promise<Part> => {
  const { found, rest } = await visible({ ...query, which: 'open' });
  const { shown, place } = cut(found, query.count, rest);
  // Temporal's list is late: what is archived has ended, and is shown there.
  const kept = await archive.kept(shown.map(({ runId }) => runId));
  const ended = new Set(kept.map(({ runId }) => runId));
  const runs = shown.flatMap(({ runId, described }) => {
    const row = ended.has(runId) ? undefined : startedRow(described);
    return row ? { ...row, status: openStatus(described) } : [];
  });
  return { runs, next: place ? { which: 'open', before: place } : { which: 'ended' } };
};

const endedRuns = async ({ visible, archive, endedRuns }: ListDeps, query: PartQuery): Promise<Part> => {
  const { before, count, workflowId } = query;
  const [{ found, rest }, kept] = await Promise.all([
    visible({ ...query, which: 'ended' }),
    archive.list({
      limit: count + 1,
      ...(before ? { before } : {}),
      ...(workflowId === undefined ? {} : { workflowId }),
    }),
  ]);
  const merged = new Map<string, VisibleRun | (ListPlace & { readonly run: Run })>(
    found.map((one) => [one.runId, one]),
  );
  for (const { run, closedAt } of kept) merged.set(run.runId, { at: closedAt, runId: run.runId, run });
  const all = [...merged.values()]
    // Temporal may have others between those that are older.
    .filter(({ at }) => !rest || at >= rest.at)
    .sort(byPlace);
  const { shown, place } = cut(all, count, rest);
  const runs = await Promise.all(
    shown.map(async (one) => {
      if ('run' in one) return one.run;
      const ended = (await archive.get(one.runId)) ?? (await endedRuns.learn(one.described));
      return ended?.run;
    }),
  );
  return { runs: runs.flatMap((run) => run ?? []), next: place && { which: 'ended', before: place } };
};

/** The first `count`, and the place where the list goes on. */
const cut = <One extends ListPlace>(
  all: readonly One[],
  count: number,
  rest: ListPlace | undefined,
): { readonly shown: readonly One[]; readonly place: ListPlace | undefined } => {
  if (all.length <= count) return { shown: all, place: rest };
  const shown = all.slice(0, count);
  const last = shown.at(-1);
  return { shown, place: last && { at: last.at, runId: last.runId } };
};
