import { WorkflowError } from '../../../errors.js';
import type { Page } from '../../../protocol/workflows.js';
import type { Run } from '../../../workflow/run.js';
import { type RunRecord, searchAttributes, workflowType } from '../common/contract.js';
import type { TemporalConnection } from './connect-temporal.js';
import { type Described, endedRun, hasEnded, openStatus, startedRow } from './run-rows.js';

/**
 * A page of runs, from Temporal's visibility store: open ones first, then those that ended last. It follows a start or
 * an end within a second or so. Where the namespace has no search attributes, a page of one workflow may hold fewer than
 * `limit` and have a next one all the same.
 */
export const listRuns = async (
  connection: TemporalConnection,
  recordOf: (run: Described) => Promise<RunRecord>,
  hasAttributes: () => Promise<boolean>,
  query: { readonly limit: number; readonly cursor?: string; readonly workflowId?: string },
): Promise<Page<Run>> => {
  const { workflowId } = query;
  // Into a query goes only what a definition may be called.
  if (workflowId !== undefined && !/^[A-Za-z0-9_-]{1,100}$/.test(workflowId)) return { items: [] };
  const indexed = workflowId !== undefined && (await hasAttributes());
  const filter = indexed ? ` AND ${searchAttributes.workflow} = '${workflowId}'` : '';
  let cursor = query.cursor;
  for (;;) {
    const page = await readPage(connection, query.limit, cursor, filter);
    const rows = page.described.filter((one) => {
      const row = startedRow(one);
      return row && (workflowId === undefined || row.workflowId === workflowId);
    });
    cursor = page.nextCursor;
    if (rows.length === 0 && cursor !== undefined) continue;
    const items = await Promise.all(rows.map((one) => runOf(one, recordOf)));
    return {
      items: items.flatMap((run) => run ?? []),
      ...(cursor === undefined ? {} : { nextCursor: cursor }),
    };
  }
};

const runOf = async (
  described: Described,
  recordOf: (run: Described) => Promise<RunRecord>,
): Promise<Run | undefined> => {
  const row = startedRow(described);
  if (!row) return undefined;
  if (hasEnded(described)) return endedRun(row, await recordOf(described));
  return { ...row, status: openStatus(described) };
};

/** Tells our cursors from whatever else a caller sends: Temporal would try again with a bad one for ever. */
const cursorMark = 't.';

const readPage = async (
  connection: TemporalConnection,
  limit: number,
  cursor: string | undefined,
  filter: string,
): Promise<{ readonly described: readonly Described[]; readonly nextCursor: string | undefined }> => {
  if (cursor !== undefined && !cursor.startsWith(cursorMark)) {
    throw new WorkflowError('invalid_request', 'The cursor is not one that a list has given.');
  }
  const { client, namespace } = connection;
  // The list of the client is one endless iteration: it has no cursor to hand out.
  const { executionInfoFromRaw } = await import('@temporalio/client/lib/helpers.js');
  return connection.call(async () => {
    const page = await client.workflowService.listWorkflowExecutions({
      namespace,
      query: `WorkflowType = '${workflowType}' AND ExecutionStatus != 'ContinuedAsNew'${filter}`,
      pageSize: limit,
      nextPageToken: Buffer.from(cursor?.slice(cursorMark.length) ?? '', 'base64url'),
    });
    const converter = client.workflow.options.loadedDataConverter;
    const described = await Promise.all(
      (page.executions ?? []).map((raw) => executionInfoFromRaw(raw, converter, raw, namespace)),
    );
    const token = Buffer.from(page.nextPageToken ?? []).toString('base64url');
    return { described, nextCursor: token === '' ? undefined : cursorMark + token };
  });
};
