import type { Step } from '../definition.js';
import type { At, Edit } from '../edit.js';
import {
  emptyList,
  type ListNode,
  listName,
  putTogether,
  type StepNode,
  type StepTree,
  stepsIn,
} from './step-tree.js';

/** The document on its way from one definition to the other, and the edits so far. */
export interface Plan {
  readonly edits: Edit[];
  /** The steps there are now, by id. */
  readonly now: Map<string, StepNode>;
  readonly target: StepTree;
  /** Lists that can be removed only once the steps in them that stay have moved on. */
  readonly leaving: ListNode[];
}

/** The place behind `previous`, else the start of a list. */
export const placeIn = (list: ListNode, previous: string | undefined): At => {
  if (previous !== undefined) return { after: previous };
  return list.owner ? { first: true, in: { id: list.owner.id, list: listName(list) } } : { first: true };
};

/** A step of the target with only those of the steps inside it that `include` takes. */
export const buildStep = (node: StepNode, include: (inner: StepNode) => boolean): Step =>
  putTogether(
    node.fields,
    node.lists.map((list) => ({
      field: list.field,
      fields: list.fields,
      steps: buildSteps(list, include),
    })),
  );

/** The steps of a list of the target that `include` takes. */
const buildSteps = (list: ListNode, include: (inner: StepNode) => boolean): readonly Step[] =>
  list.steps.filter(include).map((inner) => buildStep(inner, include));

/** Notes that a step of the target, as {@link buildStep} makes it, is in the document now. */
export const adopt = (
  plan: Plan,
  node: StepNode,
  at: ListNode,
  include: (inner: StepNode) => boolean,
): StepNode => {
  const own = plan.now.get(node.id) ?? { id: node.id, fields: node.fields, lists: [], at };
  plan.now.set(node.id, own);
  own.fields = node.fields;
  own.at = at;
  for (const list of own.lists) list.gone = true;
  own.lists = node.lists.map((list) => {
    const copy = emptyList(own, list.field, list.fields);
    adoptSteps(plan, list, copy, include);
    return copy;
  });
  return own;
};

/** {@link adopt} for the steps of a list. */
export const adoptSteps = (
  plan: Plan,
  list: ListNode,
  at: ListNode,
  include: (inner: StepNode) => boolean,
): void => {
  at.steps = list.steps.filter(include).map((inner) => adopt(plan, inner, at, include));
};

/** The steps inside a list now, at any depth, that stay in the document. */
export function* stayingIn(plan: Plan, list: ListNode): Generator<StepNode, void, undefined> {
  for (const step of stepsIn(list)) {
    if (plan.target.byId.has(step.id)) yield step;
    for (const inner of step.lists) yield* stayingIn(plan, inner);
  }
}

/** Whether a list holds a step, at any depth, that stays in the document. */
export const holdsStaying = (plan: Plan, list: ListNode): boolean => !stayingIn(plan, list).next().done;
