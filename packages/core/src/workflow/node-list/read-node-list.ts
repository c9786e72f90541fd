import { isRecord, type Json, type JsonObject } from '../../json.js';
import { definitionLimits } from '../limits.js';
import { copyJson } from '../validate/plain-json.js';
import { createProblemList } from '../validate/problem-list.js';
import { nodeName, refuse } from './refuse.js';

/** A node whose shape was checked. */
export interface GraphNode {
  readonly id: string;
  /** Its place in the list, for problems: `/nodes/{index}`. */
  readonly index: number;
  readonly label: string | undefined;
  readonly activity: string;
  readonly params: JsonObject;
  readonly edges: readonly GraphEdge[];
}

/** A way out of a node. */
export interface GraphEdge {
  readonly target: string;
  readonly label: string | undefined;
}

/** A node list whose shape and targets were checked. */
export interface NodeGraph {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly taskQueue: string | undefined;
  readonly start: string;
  readonly nodes: ReadonlyMap<string, GraphNode>;
}

/** Nodes of a list. */
const mostNodes = 1000;

/** Reads the first version's node list. Throws `not_convertible` for a wrong shape, a target that is none, no trigger node. */
export const readNodeList = (value: unknown): NodeGraph => {
  const problems = createProblemList();
  const list = copyJson(value, problems, mostNodes * definitionLimits.templatesPerStep);
  if (list === undefined) return refuse(problems.all[0]?.message ?? 'The node list is not JSON.');
  if (!isRecord(list) || !Array.isArray(list.nodes)) return refuse('"nodes" must be a list of nodes.');
  if (list.nodes.length === 0) return refuse('The list has no nodes.');
  if (list.nodes.length > mostNodes) return refuse(`The list has more than ${mostNodes} nodes.`);
  const raw = list.nodes.map(readNode);
  const ids = new Set<string>();
  for (const { id } of raw) {
    if (ids.has(id)) refuse(`Two nodes have the id "${id.slice(0, 100)}".`);
    ids.add(id);
  }
  if (!raw.some(({ type }) => type === 'trigger')) refuse('No node has the type "trigger".');
  const edges = readEdges(list.edges, raw, ids);
  return {
    id: textOf(list.id),
    name: textOf(list.name),
    taskQueue: isRecord(list.config) ? textOf(list.config.task_queue) : undefined,
    start: raw[0]?.id ?? '',
    nodes: new Map(raw.map((node) => [node.id, { ...node, edges: edges.get(node.id) ?? [] }])),
  };
};

interface RawNode extends Omit<GraphNode, 'edges'> {
  readonly type: Json | undefined;
  readonly next: readonly string[];
}

const readNode = (node: Json, index: number): RawNode => {
  if (!isRecord(node)) return refuse(`Node ${index + 1} is not an object.`);
  const { id, type, activity, params, label, next } = node;
  if (typeof id !== 'string' || id === '') return refuse(`Node ${index + 1} has no id.`);
  if (type !== 'trigger' && type !== 'action') {
    return refuse(
      `${nodeName(id)} has the type ${JSON.stringify(type)?.slice(0, 60)}: it must be "trigger" or "action".`,
    );
  }
  if (typeof activity !== 'string' || activity === '') return refuse(`${nodeName(id)} names no activity.`);
  if (params !== undefined && params !== null && !isRecord(params)) {
    return refuse(`${nodeName(id)} has params that are not an object.`);
  }
  const targets = next ?? [];
  if (!Array.isArray(targets) || !targets.every((target): target is string => typeof target === 'string')) {
    return refuse(`${nodeName(id)} has a "next" that is not a list of node ids.`);
  }
  return {
    id,
    index,
    type,
    activity,
    params: isRecord(params) ? params : {},
    label: textOf(label),
    next: targets,
  };
};

/** The ways out by node: `edges` first, which may be labelled, then what `next` adds. */
const readEdges = (
  value: Json | undefined,
  nodes: readonly RawNode[],
  ids: ReadonlySet<string>,
): ReadonlyMap<string, readonly GraphEdge[]> => {
  const edges = new Map<string, GraphEdge[]>();
  const add = (source: string, edge: GraphEdge): void => {
    const known = edges.get(source) ?? [];
    if (!known.some(({ target, label }) => target === edge.target && label === edge.label)) known.push(edge);
    edges.set(source, known);
  };
  if (value !== undefined && value !== null && !Array.isArray(value)) refuse('"edges" must be a list.');
  const listed: readonly Json[] = Array.isArray(value) ? value : [];
  for (const [index, edge] of listed.entries()) {
    const { source, target, label } = isRecord(edge) ? edge : {};
    if (typeof source !== 'string' || typeof target !== 'string') {
      return refuse(`Edge ${index + 1} needs a source and a target.`);
    }
    for (const end of [source, target]) {
      if (!ids.has(end))
        refuse(`Edge ${index + 1} names the node "${end.slice(0, 100)}", which does not exist.`);
    }
    add(source, { target, label: textOf(label) });
  }
  for (const { id, next } of nodes) {
    for (const target of next) {
      if (!ids.has(target))
        refuse(`${nodeName(id)} leads to "${target.slice(0, 100)}", which does not exist.`);
      if (!edges.get(id)?.some((edge) => edge.target === target)) add(id, { target, label: undefined });
    }
  }
  return edges;
};

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
