import type { WorkflowStore } from '../ports/workflow-store.js';
import type { SavedWorkflow } from '../protocol/workflows.js';
import type { Definition } from '../workflow/definition.js';
import { definitionLimits } from '../workflow/limits.js';
import { walkSteps } from '../workflow/walk.js';
import type { WorkflowLookup } from '../workflow/workflow-lookup.js';

/** Workflows that are read for one check. Deeper ones that are left out are refused when they would run too deep. */
const mostWorkflows = 500;

/** Reads every workflow that a definition runs, directly or through others. */
export const savedWorkflows = async (
  definition: Definition,
  store: Pick<WorkflowStore, 'get'>,
): Promise<WorkflowLookup> => {
  const found = new Map<string, SavedWorkflow | undefined>();
  const newest = new Map<string, number>();

  const read = async (id: string, version: number): Promise<void> => {
    const saved = await store.get(id, version);
    found.set(keyOf(id, version), saved);
    const last = saved ? version : (await store.get(id))?.version;
    if (last !== undefined) newest.set(id, Math.max(last, newest.get(id) ?? 0));
  };

  let level: readonly Definition[] = [definition];
  for (let depth = 0; depth <= definitionLimits.workflowDepth && level.length > 0; depth += 1) {
    const calls = new Map(
      level
        .flatMap(({ steps }) => [...walkSteps(steps)])
        .flatMap(({ step }) => (step.kind === 'workflow' ? [step] : []))
        .filter(({ workflow, version }) => !found.has(keyOf(workflow, version)))
        .map(({ workflow, version }) => [keyOf(workflow, version), { workflow, version }]),
    );
    const wanted = [...calls.values()].slice(0, mostWorkflows - found.size);
    await Promise.all(wanted.map(({ workflow, version }) => read(workflow, version)));
    level = wanted.flatMap(({ workflow, version }) => found.get(keyOf(workflow, version))?.definition ?? []);
  }

  return {
    get: (id, version) => found.get(keyOf(id, version))?.definition,
    newest: (id) => newest.get(id),
  };
};

const keyOf = (id: string, version: number): string => `${id} ${version}`;
