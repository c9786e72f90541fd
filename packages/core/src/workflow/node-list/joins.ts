import type { NodeGraph } from './read-node-list.js';
import { nodeName, refuse } from './refuse.js';

/** What follows the nodes of a list. */
export interface Flow {
  /** Ids of the nodes that can be reached from the start. */
  readonly reached: ReadonlySet<string>;
  /** Where all ways out of a node meet again; undefined when they never all do. */
  join(id: string): string | undefined;
}

/** Follows a node list from its start. Throws `not_convertible` for a cycle. */
export const followNodes = (graph: NodeGraph): Flow => {
  const order = innermostFirst(graph);
  // Immediate post-dominators: a node's join is the nearest node on all ways from it to the end.
  const joins = new Map<string, string | undefined>();
  const depths = new Map<string | undefined, number>([[undefined, 0]]);
  const depth = (id: string | undefined): number => depths.get(id) ?? 0;
  const meet = (left: string | undefined, right: string | undefined): string | undefined => {
    let [a, b] = [left, right];
    while (a !== b) {
      if (a !== undefined && depth(a) >= depth(b)) a = joins.get(a);
      else if (b !== undefined) b = joins.get(b);
    }
    return a;
  };
  for (const id of order) {
    const [first, ...others] = graph.nodes.get(id)?.edges ?? [];
    const join =
      first && others.reduce<string | undefined>((met, { target }) => meet(met, target), first.target);
    joins.set(id, join);
    depths.set(id, depth(join) + 1);
  }
  return { reached: new Set(order), join: (id) => joins.get(id) };
};

/** The reached nodes, each after everything it leads to. */
const innermostFirst = ({ start, nodes }: NodeGraph): readonly string[] => {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const pending: { readonly id: string; readonly leave: boolean }[] = [{ id: start, leave: false }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { id, leave } = next;
    if (leave) {
      state.set(id, 'done');
      order.push(id);
      continue;
    }
    if (state.has(id)) continue;
    state.set(id, 'open');
    pending.push({ id, leave: true });
    for (const { target } of nodes.get(id)?.edges ?? []) {
      if (state.get(target) === 'open')
        refuse(`${nodeName(target)} is part of a cycle. A node list cannot loop.`);
      if (!state.has(target)) pending.push({ id: target, leave: false });
    }
  }
  return order;
};
