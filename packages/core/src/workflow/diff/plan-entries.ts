import type { Json } from '../../json.js';
import { addFieldChanges, type FieldChanges } from './field-changes.js';
import { keepsOrder, matchEntries } from './match-entries.js';
import { adoptSteps, holdsStaying, type Plan } from './plan.js';
import { emptyList, type ListNode, type StepNode, stepOf, stepsIn } from './step-tree.js';

/**
 * Plans the changes of a step's cases (or branches): those that are new, gone or have other fields. Gives the lists in pairs.
 * One that goes away while steps in it stay is left until they have moved.
 */
export const planEntries = (
  plan: Plan,
  step: StepNode,
  target: StepNode,
  field: 'cases' | 'branches',
  changes: FieldChanges,
): readonly (readonly [now: ListNode, target: ListNode])[] => {
  const old = step.lists.filter((list) => list.field === field);
  const next = target.lists.filter((list) => list.field === field);
  const match = matchEntries(old, next);
  const unmatched = old.filter((list) => !match.includes(list));
  const leaving = unmatched.filter((list) => holdsStaying(plan, list));
  const dropped = unmatched.filter((list) => !leaving.includes(list));
  plan.leaving.push(...leaving);
  for (const list of dropped) list.gone = true;

  const pairs = next.map((list, index) => [match[index] ?? newEntry(plan, step, list), list] as const);
  const entries = pairs.map(([list]) => list);
  const inPlace = keepsOrder(old, match);
  const kept = old.filter((list) => !dropped.includes(list));
  const added = entries.filter((list) => !old.includes(list));
  const layout = inPlace ? [...kept, ...added] : [...entries, ...leaving];
  if (inPlace) changeInPlace(field, old, layout, pairs, changes);
  for (const [list, to] of pairs) list.fields = to.fields;
  if (!inPlace) changes.set[`/${field}`] = layout.map(entryValue);
  step.lists = [...layout, ...step.lists.filter((list) => list.field !== field)];
  return pairs;
};

const newEntry = (plan: Plan, step: StepNode, target: ListNode): ListNode => {
  const list = emptyList(step, target.field, target.fields);
  adoptSteps(plan, target, list, ({ id }) => !plan.now.has(id));
  return list;
};

const changeInPlace = (
  field: string,
  old: readonly ListNode[],
  layout: readonly ListNode[],
  pairs: readonly (readonly [now: ListNode, target: ListNode])[],
  changes: FieldChanges,
): void => {
  for (const [list, { fields }] of pairs) {
    const [before, after] = [old.indexOf(list), layout.indexOf(list)];
    const paths = { set: `/${field}/${after}`, unset: `/${field}/${before}` };
    if (before === -1) changes.set[paths.set] = entryValue(list);
    else addFieldChanges(list.fields, fields, paths, changes);
  }
  // From the last one on, so that the places of the others hold.
  for (const [index, list] of [...old.entries()].reverse()) {
    if (!layout.includes(list)) changes.unset.push(`/${field}/${index}`);
  }
};

const entryValue = (list: ListNode): Json => {
  // Edge: steps are JSON; their interfaces only have no index signature.
  return { ...list.fields, steps: stepsIn(list).map(stepOf) } as unknown as Json;
};
