import type { WorkflowStore } from '../ports/workflow-store.js';
import type { SavedWorkflow } from '../protocol/workflows.js';
import type { Definition } from '../workflow/definition.js';
import { pageSize, toPage } from './paging.js';
import { noWorkflow, versionConflict, workflowExists } from './store-errors.js';

/** The definition's JSON text per version; version 1 comes first. */
type Versions = string[];

const parse = (text: string): Definition => JSON.parse(text);

/**
 * Keeps saved definitions in the memory of this process: they end with it.
 *
 * @example
 * const workflows = memoryWorkflowStore();
 */
export const memoryWorkflowStore = (): WorkflowStore => {
  const saved = new Map<string, Versions>();

  const at = (id: string, version: number): SavedWorkflow | undefined => {
    const text = saved.get(id)?.[version - 1];
    return text === undefined ? undefined : { id, version, definition: parse(text) };
  };
  const put = (versions: Versions, definition: Definition): SavedWorkflow => {
    const text = JSON.stringify(definition);
    versions.push(text);
    return { id: definition.id, version: versions.length, definition: parse(text) };
  };

  return {
    async create(definition) {
      if (saved.has(definition.id)) throw workflowExists(definition.id);
      const versions: Versions = [];
      const first = put(versions, definition);
      saved.set(definition.id, versions);
      return first;
    },
    async replace(definition, expected) {
      const versions = saved.get(definition.id);
      if (!versions) throw noWorkflow(definition.id);
      if (versions.length !== expected) throw versionConflict(definition.id, expected, versions.length);
      return put(versions, definition);
    },
    async get(id, version) {
      return at(id, version ?? saved.get(id)?.length ?? 0);
    },
    async versions(id) {
      return (saved.get(id) ?? []).map((_, index) => index + 1);
    },
    async list({ limit, cursor = '' }) {
      const size = pageSize(limit);
      const ids = [...saved.keys()].filter((id) => id > cursor).sort();
      const newest = ids.slice(0, size + 1).flatMap((id) => at(id, saved.get(id)?.length ?? 0) ?? []);
      return toPage(
        newest,
        size,
        (one) => one,
        (one) => one.id,
      );
    },
    async delete(id) {
      return saved.delete(id);
    },
  };
};
