import type { Json, JsonObject } from '../../json.js';
import type { NodeList, SeedNode } from '../../protocol/workflows.js';
import type { ActionLookup } from '../action-spec.js';
import type { BranchCase, Definition, Step } from '../definition.js';
import { titleOf } from '../title.js';
import { activityOfKind } from './kind-activities.js';

/** An edge whose target is not known yet. */
interface LooseEnd {
  readonly source: string;
  readonly label?: string;
}

type Edge = LooseEnd & { readonly target: string };

/**
 * The first version's node list of a definition; the inverse of `fromNodeList` for lines of actions and waits.
 * A branch becomes a `conditional_router` with labelled edges whose ways meet again. A node list has no loops and nothing
 * side by side: what is inside a loop stands there once, parallel branches one after another. Recovery lists are left out.
 * Templates stay as text in `params`.
 */
export const toNodeList = (definition: Definition, actions: ActionLookup): NodeList => {
  const nodes: Omit<SeedNode, 'type' | 'next'>[] = [];
  const edges: Edge[] = [];

  /** Adds steps after the loose ends; gives the loose ends after them. */
  const addAll = (steps: readonly Step[], ends: readonly LooseEnd[]): readonly LooseEnd[] =>
    steps.reduce((loose, step) => add(step, loose), ends);

  const add = (step: Step, ends: readonly LooseEnd[]): readonly LooseEnd[] => {
    if (step.kind === 'forEach' || step.kind === 'repeat') return addAll(step.steps, ends);
    if (step.kind === 'parallel')
      return addAll(
        step.branches.flatMap(({ steps }) => steps),
        ends,
      );
    const activity = step.kind === 'action' ? step.action : activityOfKind[step.kind];
    nodes.push({ id: step.id, label: titleOf(step, actions), activity, params: paramsOf(step) });
    edges.push(...ends.map((end) => ({ ...end, target: step.id })));
    if (step.kind === 'stop') return [];
    if (step.kind !== 'branch') return [{ source: step.id }];
    return [
      ...step.cases.flatMap((each, index) =>
        addAll(each.steps, [{ source: step.id, label: caseLabel(each, index) }]),
      ),
      ...addAll(step.otherwise ?? [], [{ source: step.id, label: 'otherwise' }]),
    ];
  };

  addAll(definition.steps, []);
  return {
    id: definition.id,
    name: definition.name,
    nodes: nodes.map((node, index) => ({
      ...node,
      type: index === 0 ? 'trigger' : 'action',
      next: [...new Set(edges.filter(({ source }) => source === node.id).map(({ target }) => target))],
    })),
    edges,
  };
};

/** A case's title; else the values its condition compares with; else its number. */
const caseLabel = ({ when, title }: BranchCase, index: number): string => {
  if (title) return title;
  const values = [...when.matchAll(/== ?["']([\w -]+)["']/g)].map(([, value]) => value);
  return values.length > 0 ? values.join('/') : `case ${index + 1}`;
};

const paramsOf = (step: Step): JsonObject => {
  switch (step.kind) {
    case 'action':
      return step.input ?? {};
    case 'set':
      return step.values;
    case 'wait':
      return given({
        duration: step.duration,
        until: step.until,
        signal: step.signal,
        timeout: step.timeout,
      });
    case 'approval': {
      const { title, message, approvers, timeout, onTimeout, onReject } = step;
      return given({ title, message, approvers, timeout, onTimeout, onReject });
    }
    case 'stop':
      return given({ outcome: step.outcome, reason: step.reason, output: step.output });
    case 'workflow':
      return given({ workflow: step.workflow, version: step.version, input: step.input });
    default:
      return {};
  }
};

const given = (fields: { readonly [name: string]: Json | undefined }): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
