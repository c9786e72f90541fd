import { longestIncreasing } from './longest-increasing.js';
import { adopt, buildStep, type Plan, placeIn } from './plan.js';
import { planStep } from './plan-step.js';
import { planUnwraps, planWraps } from './plan-wraps.js';
import { type ListNode, stepsIn } from './step-tree.js';

/**
 * Plans the edits that make a list what it is in the target, then those of its steps. Lists come in reading order, outer ones
 * first: so whatever a step moves into is in its final place already, and no move can go into the step itself.
 */
export const planList = (plan: Plan, list: ListNode, target: ListNode): void => {
  planUnwraps(plan, list, target);
  planWraps(plan, list, target);
  placeSteps(plan, list, target);
  for (const step of target.steps) {
    const now = plan.now.get(step.id);
    if (!now) continue;
    for (const [inner, innerTarget] of planStep(plan, now, step)) planList(plan, inner, innerTarget);
  }
};

const placeSteps = (plan: Plan, list: ListNode, target: ListNode): void => {
  const isNew = ({ id }: { readonly id: string }): boolean => !plan.now.has(id);
  const staying = stayingSteps(list, target);
  let previous: string | undefined;
  for (const step of target.steps) {
    const at = placeIn(list, previous);
    const now = plan.now.get(step.id);
    if (!now) {
      plan.edits.push({ op: 'insert', step: buildStep(step, isNew), at });
      list.steps.push(adopt(plan, step, list, isNew));
    } else if (!staying.has(step.id)) {
      plan.edits.push({ op: 'move', id: step.id, at });
      now.at = list;
    }
    previous = step.id;
  }
};

/** The most steps that need no move. */
const stayingSteps = (list: ListNode, target: ListNode): ReadonlySet<string> => {
  const places = new Map(stepsIn(list).map(({ id }, index) => [id, index] as const));
  const known = target.steps.filter(({ id }) => places.has(id)).map(({ id }) => id);
  const order = longestIncreasing(known.map((id) => places.get(id) ?? -1));
  return new Set(order.flatMap((index) => known[index] ?? []));
};
