import type { Step } from '../definition.js';
import { longestIncreasing } from '../diff/longest-increasing.js';
import { matchEntries } from '../diff/match-entries.js';
import { type ListNode, type StepNode, type StepTree, stepOf } from '../diff/step-tree.js';

/** A step or a list of steps, by a key that is the same in all states of the definition. */
export interface Item {
  readonly key: string;
  /** The item it is in: a step is in a list, a list in a step. Undefined for the top list. */
  readonly parent: string | undefined;
  /** The step, or the step whose list it is; undefined for the top list. */
  readonly stepId: string | undefined;
  /** The step or list this was taken from. */
  readonly node: StepNode | ListNode;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Keys of what is in it, in order. */
  readonly children: readonly string[];
}

/** The steps and lists of one state of a definition. */
export type Snapshot = ReadonlyMap<string, Item>;

/** The key of the top list. */
export const topKey = 'list';

/** The key of a step. */
export const stepKey = (id: string): string => `step ${id}`;

/** Whether an item is a step. */
export const isStep = (item: Item): item is Item & { readonly node: StepNode } => 'lists' in item.node;

/** The step of an item, whole. */
export const wholeStep = (item: Item | undefined): Step | undefined =>
  item && isStep(item) ? stepOf(item.node) : undefined;

/**
 * A state as items. Cases and branches have no id: they are recognised as those of `base`, where they have their places as
 * keys; new ones have what they hold as keys, so the same case added twice is one.
 */
export const snapshot = (tree: StepTree, base?: StepTree): Snapshot => {
  const items = new Map<string, Item>();
  const addList = (list: ListNode, key: string, parent: string | undefined): void => {
    const { owner, fields, steps } = list;
    const children = steps.map(({ id }) => stepKey(id));
    items.set(key, { key, parent, stepId: owner?.id, node: list, fields, children });
    for (const step of steps) addStep(step, key);
  };
  const addStep = (step: StepNode, parent: string): void => {
    const key = stepKey(step.id);
    const keys = listKeys(step, base?.byId.get(step.id));
    // The place of a recovery list stands among the fields: it excludes the other values of onError.
    const hasRecovery = step.lists.some(({ field }) => field === 'onError');
    const fields = hasRecovery ? { ...step.fields, onError: { steps: [] } } : step.fields;
    items.set(key, { key, parent, stepId: step.id, node: step, fields, children: keys });
    for (const [index, list] of step.lists.entries()) addList(list, keys[index] ?? key, key);
  };
  addList(tree.top, topKey, undefined);
  return items;
};

const listKeys = (step: StepNode, base: StepNode | undefined): readonly string[] => {
  const keys = new Map<ListNode, string>();
  const key = (list: ListNode, name: string | number): string => `list ${step.id} ${list.field} ${name}`;
  for (const field of ['cases', 'branches'] as const) {
    const own = step.lists.filter((list) => list.field === field);
    const old = base?.lists.filter((list) => list.field === field) ?? [];
    const match = base ? matchEntries(old, own) : own;
    const taken = new Map<string, number>();
    for (const [index, list] of own.entries()) {
      const before = match[index];
      const content = JSON.stringify([list.fields, list.steps.map(({ id }) => id)]);
      const count = taken.get(content) ?? 0;
      if (!before) taken.set(content, count + 1);
      keys.set(list, key(list, before ? (base ? old : own).indexOf(before) : `new ${count} ${content}`));
    }
  }
  return step.lists.map((list) => keys.get(list) ?? key(list, ''));
};

/**
 * What changed its place between two states: it is in another list, or it is not among the most items of its list that kept
 * their order.
 */
export const movedItems = (base: Snapshot, side: Snapshot): ReadonlySet<string> => {
  const moved = new Set<string>();
  for (const item of side.values()) {
    const before = base.get(item.key);
    if (before && before.parent !== item.parent) moved.add(item.key);
    const places = new Map(base.get(item.key)?.children.map((key, index) => [key, index] as const));
    const known = item.children.filter((key) => places.has(key));
    const staying = new Set(longestIncreasing(known.map((key) => places.get(key) ?? -1)));
    for (const [index, key] of known.entries()) if (!staying.has(index)) moved.add(key);
  }
  return moved;
};
