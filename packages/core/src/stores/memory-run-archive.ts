import type { ArchivedRun, ListPlace, RunArchive } from '../ports/run-archive.js';
import { firstPlace } from './archive-row.js';

/** What is looked at without parsing, and the archived run as JSON. */
interface Row extends ListPlace {
  readonly workflowId: string;
  readonly hasEvents: boolean;
  readonly json: string;
}

const parse = (json: string): ArchivedRun => JSON.parse(json);

/** Negative when `a` comes first in a list. */
const byPlace = (a: ListPlace, b: ListPlace): number =>
  b.at - a.at || (a.runId < b.runId ? 1 : a.runId > b.runId ? -1 : 0);

/**
 * Keeps ended runs in the memory of this process: they end with it. Of more than `max` (default 1000), the one that closed
 * first goes.
 *
 * @example
 * const archive = memoryRunArchive();
 */
export const memoryRunArchive = ({ max = 1000 }: { readonly max?: number } = {}): RunArchive => {
  const rows = new Map<string, Row>();

  const makeRoom = (): void => {
    if (rows.size <= max) return;
    const oldest = [...rows.values()].sort(byPlace).at(-1);
    if (oldest) rows.delete(oldest.runId);
  };

  return {
    async put(ended) {
      const { run, closedAt, events } = ended;
      const known = rows.get(run.runId);
      if (known && (known.hasEvents || !events)) return;
      const whole = known ? { ...parse(known.json), events } : ended;
      rows.set(run.runId, {
        at: known?.at ?? closedAt,
        runId: run.runId,
        workflowId: whole.run.workflowId,
        hasEvents: events !== undefined,
        json: JSON.stringify(whole),
      });
      makeRoom();
    },
    async get(runId) {
      const row = rows.get(runId);
      return row && parse(row.json);
    },
    async kept(runIds) {
      return [...new Set(runIds)].flatMap((runId) => {
        const row = rows.get(runId);
        return row ? { runId, hasEvents: row.hasEvents } : [];
      });
    },
    async list({ limit, before = firstPlace, workflowId }) {
      return [...rows.values()]
        .filter((row) => byPlace(before, row) < 0 && (workflowId ?? row.workflowId) === row.workflowId)
        .sort(byPlace)
        .slice(0, limit)
        .map(({ json }) => {
          const { run, closedAt } = parse(json);
          return { run, closedAt };
        });
    },
  };
};
