import type { ActionLookup } from '../action-spec.js';
import type { BranchCase, Definition, Step } from '../definition.js';
import { definitionLimits } from '../limits.js';
import type { Problem } from '../problem.js';
import { isDefinitionId } from '../validate/names.js';
import { actionInput } from './action-input.js';
import { guessLabel, isElseLabel, type LabelSource, labelCondition } from './branch-label.js';
import { followNodes } from './joins.js';
import { kindOfActivity, plainStep, waitStep } from './kind-activities.js';
import { type GraphEdge, type GraphNode, readNodeList } from './read-node-list.js';
import { nodeName, refuse } from './refuse.js';
import { createStepIds } from './step-ids.js';

/** A converted node list. */
export interface ConvertedNodeList {
  readonly definition: Definition;
  /** Warnings; their paths point into the node list, e.g. `/nodes/2/params/colour`. */
  readonly problems: readonly Problem[];
  /** `config.task_queue`. */
  readonly taskQueue: string | undefined;
}

/** A way out of a node, with the label it is taken for; without one it is taken when no other is. */
interface Way {
  readonly target: string;
  readonly label: string | undefined;
}

/**
 * Converts the first version's node list into a definition: a line of nodes becomes a line of steps, labelled edges a
 * branch whose ways meet again where the edges do. A node that several ways pass before they meet is repeated in each.
 * Throws `not_convertible` (400) naming the node: a cycle, an unknown activity or target, no trigger node, a required
 * value that nothing gives, a label the action's output does not tell.
 */
export const fromNodeList = (value: unknown, actions: ActionLookup): ConvertedNodeList => {
  const graph = readNodeList(value);
  const flow = followNodes(graph);
  const problems: Problem[] = [];
  const warn = (problem: Problem): void => {
    if (!problems.some(({ path, code }) => path === problem.path && code === problem.code))
      problems.push(problem);
  };
  for (const node of graph.nodes.values()) {
    if (flow.reached.has(node.id)) continue;
    warn(warning('unreachable_node', node, 'is not reached from the first node. It was left out.'));
  }
  const newId = createStepIds();
  let count = 0;

  /** The steps from a node up to (without) another. */
  const stepsFrom = (
    first: string | undefined,
    end: string | undefined,
    known: readonly LabelSource[],
  ): Step[] => {
    const steps: Step[] = [];
    const before = [...known];
    for (let at = first; at !== undefined && at !== end; ) {
      const node = graph.nodes.get(at);
      if (!node) break;
      count += 1;
      if (count > definitionLimits.steps) {
        return refuse(
          `The list comes to more than ${definitionLimits.steps} steps, as ways that never meet repeat them.`,
        );
      }
      const kind = kindOfActivity(node.activity);
      const id = kind === 'branch' ? undefined : newId(node.id);
      if (id !== undefined) steps.push(stepOf(node, id, before));
      const join = flow.join(at);
      if (node.edges.length > 1) {
        const branch = branchOf(node, join, before);
        if (branch) steps.push(branch);
      }
      at = join;
    }
    return steps;
  };

  const stepOf = (node: GraphNode, id: string, before: LabelSource[]): Step => {
    const kind = kindOfActivity(node.activity);
    if (kind === 'wait') return waitStep(id, node);
    if (kind !== undefined && kind !== 'branch') return plainStep(kind, id, node);
    const spec = actions.get(node.activity);
    if (!spec)
      return refuse(
        `${nodeName(node.id)} has the activity "${node.activity.slice(0, 100)}", which the catalog does not have.`,
      );
    const input = actionInput(node, spec, before, warn);
    before.push({ stepId: id, spec });
    const title = node.label === undefined ? {} : { title: node.label };
    return { id, kind: 'action', ...title, action: spec.id, input };
  };

  const branchOf = (
    node: GraphNode,
    join: string | undefined,
    before: readonly LabelSource[],
  ): Step | undefined => {
    const source = before.at(-1);
    const cases: BranchCase[] = [];
    let otherwise: readonly Step[] | undefined;
    const id = newId(kindOfActivity(node.activity) === 'branch' ? node.id : `${node.id}_branch`);
    for (const { target, label } of waysOut(node, source, warn)) {
      const when =
        label === undefined || isElseLabel(label) ? undefined : source && labelCondition(label, source);
      if (label !== undefined && when === undefined && !isElseLabel(label)) {
        const what = source ? `the output of ${source.spec.id} does not tell` : 'no action before it tells';
        return refuse(`${nodeName(node.id)} has an edge labelled "${label.slice(0, 60)}", which ${what}.`);
      }
      const steps = stepsFrom(target, join, before);
      if (when === undefined) otherwise = steps;
      else cases.push({ when, ...(label === undefined ? {} : { title: label }), steps });
    }
    return { id, kind: 'branch', cases, ...(otherwise ? { otherwise } : {}) };
  };

  const steps = stepsFrom(graph.start, undefined, []);
  const id = graph.id !== undefined && isDefinitionId(graph.id) ? graph.id : 'workflow';
  const name = (graph.name ?? graph.id ?? 'Workflow').slice(0, 200);
  return { definition: { id, name, steps }, problems, taskQueue: graph.taskQueue };
};

const warning = (code: string, { id, index }: GraphNode, sentence: string): Problem => ({
  code,
  severity: 'warning',
  path: `/nodes/${index}`,
  message: `${nodeName(id)} ${sentence}`,
});

/**
 * The ways out of a node with several. Edges without any label have theirs guessed from their targets' ids, as the first
 * version did; like there, the first edge is taken when none fits.
 */
const waysOut = (
  node: GraphNode,
  source: LabelSource | undefined,
  warn: (problem: Problem) => void,
): readonly Way[] => {
  const unlabelled = node.edges.filter(({ label }) => label === undefined);
  if (unlabelled.length < node.edges.length) {
    if (unlabelled.length > 1) return refuse(`${nodeName(node.id)} has several edges without a label.`);
    return node.edges;
  }
  const [first, ...others] = node.edges;
  if (!first) return [];
  const guessed = others.flatMap(({ target }: GraphEdge): Way[] => {
    const label = guessLabel(target);
    return label !== undefined && source && labelCondition(label, source) !== undefined
      ? [{ target, label }]
      : [];
  });
  const taken = [
    ...guessed.map(({ label, target }) => `"${target}" for ${label}`),
    `"${first.target}" otherwise`,
  ];
  warn(warning('guessed_labels', node, `has edges without labels; taken were ${taken.join(', ')}.`));
  return [...guessed, { target: first.target, label: undefined }];
};
