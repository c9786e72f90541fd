import type { WorkflowStore } from '../ports/workflow-store.js';
import type { SavedWorkflow } from '../protocol/workflows.js';

/** Workflows of a page: the most that stores give. */
const pageSize = 100;

/** The newest versions of all saved workflows, page by page. */
export const savedPages = async function* (
  workflows: Pick<WorkflowStore, 'list'>,
): AsyncGenerator<readonly SavedWorkflow[], void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await workflows.list({ limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
    yield page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
};
