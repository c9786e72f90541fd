import type { WorkflowsApi } from '../builder.js';
import { WorkflowError } from '../errors.js';
import { isRecord } from '../json.js';
import type { WorkflowStore } from '../ports/workflow-store.js';
import { simulate } from '../simulate/simulate.js';
import type { SimulateOptions } from '../simulate/simulation.js';
import { savedWorkflows } from './saved-workflows.js';
import { type CheckDeps, requireValid, validateBody } from './validate-body.js';

/** What {@link createLibrary} needs. */
export interface LibraryDeps extends CheckDeps {
  readonly workflows: WorkflowStore;
  readonly simulator?: SimulateOptions['simulator'];
  /** Told of a workflow that was saved or deleted. */
  readonly changed?: (workflowId: string) => void;
}

/** Saved definitions: nothing with an error is ever stored, and a version never changes. */
export const createLibrary = (deps: LibraryDeps): WorkflowsApi => {
  const { workflows, changed } = deps;

  return {
    validate: (value) => validateBody(value, deps),
    async simulate({ definition, ...request }) {
      const { actions, simulator } = deps;
      const valid = await requireValid(definition, deps);
      const saved = await savedWorkflows(valid, workflows);
      return simulate(valid, { ...request, actions, workflows: saved, simulator, breathe });
    },
    async create(value) {
      const saved = await workflows.create(await requireValid(value, deps));
      changed?.(saved.id);
      return saved;
    },
    async replace(id, value, expectedVersion) {
      if (isRecord(value) && typeof value.id === 'string' && value.id !== id) {
        throw new WorkflowError(
          'invalid_request',
          `The definition's id is "${value.id}", the path says "${id}": send it to its own path.`,
        );
      }
      const saved = await workflows.replace(await requireValid(value, deps), expectedVersion);
      changed?.(id);
      return saved;
    },
    async get(id, version) {
      const saved = await workflows.get(id, version);
      if (!saved) throw await missing(id, version);
      return saved;
    },
    list: (query) => workflows.list(query),
    async versions(id) {
      const versions = await workflows.versions(id);
      if (versions.length === 0) throw noWorkflow(id);
      return versions;
    },
    async delete(id) {
      if (!(await workflows.delete(id))) throw noWorkflow(id);
      changed?.(id);
    },
  };

  async function missing(id: string, version: number | undefined): Promise<WorkflowError> {
    const newest = version === undefined ? undefined : await workflows.get(id);
    return newest
      ? new WorkflowError(
          'not_found',
          `Workflow "${id}" has no version ${version}: the newest is ${newest.version}.`,
        )
      : noWorkflow(id);
  }
};

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const noWorkflow = (id: string): WorkflowError =>
  new WorkflowError('not_found', `There is no workflow "${id}". List the workflows to see which there are.`);
