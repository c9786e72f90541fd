import type { Definition } from '../definition.js';
import { definitionLimits } from '../limits.js';
import { walkSteps } from '../walk.js';
import type { WorkflowLookup } from '../workflow-lookup.js';

/** A workflow that a step runs. */
interface Called {
  readonly id: string;
  readonly version: number;
}

/** What workflows that run one another come to, as the ids on the way. Each workflow is followed once, however many run it. */
export interface WorkflowChains {
  /** From a workflow back to the definition that is checked; undefined when it does not run that. */
  backTo(from: Called): readonly string[] | undefined;
  /** From a workflow on, longer than is allowed below the definition that is checked; undefined when none is. */
  tooDeep(from: Called): readonly string[] | undefined;
}

/** Follows the workflows that `definition` runs. */
export const createWorkflowChains = (definition: Definition, workflows: WorkflowLookup): WorkflowChains => {
  const calls = new Map<string, readonly Called[]>();
  const harmless = new Set<string>();
  const longest = new Map<string, readonly string[] | undefined>();

  const callsOf = (from: Called): readonly Called[] => {
    const key = keyOf(from);
    const known = calls.get(key);
    if (known) return known;
    const found = workflows.get(from.id, from.version);
    const inner = [...walkSteps(found?.steps ?? [])].flatMap(({ step }) =>
      step.kind === 'workflow' ? [{ id: step.workflow, version: step.version }] : [],
    );
    const distinct = [...new Map(inner.map((one) => [keyOf(one), one])).values()];
    calls.set(key, distinct);
    return distinct;
  };

  /** A chain of more than `most` workflows. Ends also where they run in circles. */
  const over = (most: number, from: Called): readonly string[] | undefined => {
    if (most === 0) return [from.id];
    const key = `${most} ${keyOf(from)}`;
    if (longest.has(key)) return longest.get(key);
    let chain: readonly string[] | undefined;
    for (const called of callsOf(from)) {
      const rest = over(most - 1, called);
      if (rest) {
        chain = [from.id, ...rest];
        break;
      }
    }
    longest.set(key, chain);
    return chain;
  };

  return {
    backTo(from) {
      const seen = new Set<string>();
      const pending = [{ ...from, way: [from.id] }];
      for (let next = pending.pop(); next; next = pending.pop()) {
        if (next.id === definition.id) return next.way;
        const key = keyOf(next);
        if (seen.has(key) || harmless.has(key)) continue;
        seen.add(key);
        for (const called of callsOf(next)) pending.push({ ...called, way: [...next.way, called.id] });
      }
      for (const key of seen) harmless.add(key);
      return undefined;
    },
    tooDeep: (from) => over(definitionLimits.workflowDepth - 1, from),
  };
};

const keyOf = ({ id, version }: Called): string => `${id} ${version}`;
