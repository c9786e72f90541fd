import type { ListPlace } from '../../../ports/run-archive.js';
import { searchAttributes, workflowType } from '../common/contract.js';
import type { TemporalConnection } from './connect-temporal.js';
import { byPlace, isAfter } from './list-place.js';
import { type Described, startedRow } from './run-rows.js';

/** A run in Temporal's list. */
export interface VisibleRun extends ListPlace {
  readonly described: Described;
}

/** Which runs to read from Temporal's list. */
export interface VisibleQuery {
  /** Open ones by their start, or ended ones by their end. */
  readonly which: 'open' | 'ended';
  readonly before?: ListPlace | undefined;
  /** Wall-clock ms: none of an earlier time. */
  readonly since?: number | undefined;
  /** At least so many, if there are so many. */
  readonly count: number;
  readonly workflowId?: string | undefined;
  /** Whether the namespace has the search attribute of the workflow. */
  readonly indexed?: boolean;
}

/** Runs of Temporal's list, newest first. `rest` is the place where they go on: before it none is missing. */
export interface VisiblePage {
  readonly found: readonly VisibleRun[];
  readonly rest?: ListPlace;
}

/** Runs that one call looks at, at most, to find those of one workflow where they are not indexed. */
const mostLookedAt = 500;

/**
 * Reads a page from Temporal's visibility store. Pages are told apart by time and id, not by Temporal's own tokens, so that
 * they can be merged with other runs.
 */
export const readVisible = (connection: TemporalConnection, query: VisibleQuery): Promise<VisiblePage> =>
  connection.call(async () => {
    const { before, count, workflowId } = query;
    const found: VisibleRun[] = [];
    let lookedAt = 0;
    let lastAt: number | undefined;
    const list = connection.client.workflow.list({ query: conditionsOf(query), pageSize: count + 1 });
    for await (const described of list) {
      const at = timeOf(described, query.which);
      // Those of one millisecond come in any order: they are all there when an older one comes.
      const complete = lastAt !== undefined && at < lastAt;
      if (complete && (found.length >= count || lookedAt >= mostLookedAt)) {
        return { found: found.sort(byPlace), rest: { at: at + 1, runId: '' } };
      }
      lookedAt += 1;
      lastAt = at;
      const run = { at, runId: described.workflowId, described };
      const row = startedRow(described);
      const fits = row && (workflowId === undefined || row.workflowId === workflowId);
      if (fits && (!before || isAfter(run, before))) found.push(run);
    }
    return { found: found.sort(byPlace) };
  });

const timeOf = ({ startTime, closeTime }: Described, which: VisibleQuery['which']): number =>
  (which === 'ended' && closeTime ? closeTime : startTime).getTime();

const conditionsOf = ({ which, before, since, workflowId, indexed = false }: VisibleQuery): string => {
  const field = which === 'open' ? 'StartTime' : 'CloseTime';
  const conditions = [
    `WorkflowType = '${workflowType}'`,
    ...(which === 'open'
      ? ['CloseTime IS NULL']
      : ['CloseTime IS NOT NULL', "ExecutionStatus != 'ContinuedAsNew'"]),
    ...(before ? [`${field} < '${new Date(before.at + 1).toISOString()}'`] : []),
    ...(since === undefined ? [] : [`${field} >= '${new Date(since).toISOString()}'`]),
    ...(workflowId !== undefined && indexed ? [`${searchAttributes.workflow} = '${workflowId}'`] : []),
  ];
  return conditions.join(' AND ');
};
