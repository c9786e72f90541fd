import { addFieldChanges, differsUnnameably, type FieldChanges } from './field-changes.js';
import { adopt, buildStep, holdsStaying, type Plan, stayingIn } from './plan.js';
import { planEntries } from './plan-entries.js';
import { emptyList, type ListNode, type StepNode } from './step-tree.js';

/** A list as it is now, and what it is to become. */
type ListPair = readonly [now: ListNode, target: ListNode];

/** Plans the edit that gives a step its fields and lists, and pairs the lists; what is in them comes later. */
export const planStep = (plan: Plan, step: StepNode, target: StepNode): readonly ListPair[] => {
  if (!isUpdatable(step, target)) return planReplace(plan, step, target);
  const changes: FieldChanges = { set: {}, unset: [] };
  const hasRecovery = [step, target].some(({ lists }) => lists.some(({ field }) => field === 'onError'));
  addFieldChanges(
    hasRecovery ? withoutOnError(step.fields) : step.fields,
    hasRecovery ? withoutOnError(target.fields) : target.fields,
    { set: '', unset: '' },
    changes,
  );
  const pairs = [
    ...planEntries(plan, step, target, 'cases', changes),
    ...planEntries(plan, step, target, 'branches', changes),
    ...pairBodies(step, target),
    ...planOptional(plan, step, target, 'otherwise', changes),
    ...planOptional(plan, step, target, 'onError', changes),
  ];
  step.fields = target.fields;
  const { set, unset } = changes;
  if (Object.keys(set).length + unset.length > 0) {
    plan.edits.push({ op: 'update', id: step.id, set, ...(unset.length > 0 ? { unset } : {}) });
  }
  return pairs;
};

const withoutOnError = ({ onError: _, ...fields }: StepNode['fields']): StepNode['fields'] => fields;

/** An update changes neither the kind nor fields that no JSON Pointer may name. */
const isUpdatable = (step: StepNode, target: StepNode): boolean =>
  step.fields.kind === target.fields.kind &&
  !differsUnnameably(step.fields, target.fields) &&
  [...step.lists, ...target.lists].every(({ fields }) => !differsUnnameably(fields, {}));

const pairBodies = (step: StepNode, target: StepNode): readonly ListPair[] => {
  const body = ({ lists }: StepNode): ListNode | undefined => lists.find(({ field }) => field === 'steps');
  const [now, next] = [body(step), body(target)];
  return now && next ? [[now, next]] : [];
};

/** `otherwise` of a branch, the recovery list of a call: a step may have none. */
const planOptional = (
  plan: Plan,
  step: StepNode,
  target: StepNode,
  field: 'otherwise' | 'onError',
  changes: FieldChanges,
): readonly ListPair[] => {
  const now = step.lists.find((list) => list.field === field);
  const next = target.lists.find((list) => list.field === field);
  if (next) {
    const opened = now ?? emptyList(step, field);
    if (!now) step.lists.push(opened);
    // The first step that is put into it would open it too.
    if (!now && next.steps.length === 0) changes.set[`/${field}`] = field === 'onError' ? { steps: [] } : [];
    return [[opened, next]];
  }
  if (now && holdsStaying(plan, now)) plan.leaving.push(now);
  else if (now) {
    dropList(step, now);
    closeList(field, target, changes);
  }
  return [];
};

/** Takes a list, with all that is in it, out of a step. */
export const dropList = (step: StepNode, list: ListNode): void => {
  list.gone = true;
  step.lists = step.lists.filter((each) => each !== list);
};

/** What stands in the place of an optional list that goes away. */
export const closeList = (
  field: 'otherwise' | 'onError',
  target: StepNode,
  { set, unset }: FieldChanges,
): void => {
  const value = target.fields[field];
  if (typeof value === 'string') set[`/${field}`] = value;
  else unset.push(`/${field}`);
};

/**
 * A replacement takes with it all that is in the step. Steps that stay are part of the new step where its shape allows; else
 * they move out first, beside it.
 */
const planReplace = (plan: Plan, step: StepNode, target: StepNode): readonly ListPair[] => {
  const inside = new Set(step.lists.flatMap((list) => [...stayingIn(plan, list)]).map(({ id }) => id));
  const isNew = ({ id }: StepNode): boolean => !plan.now.has(id);
  const comesAlong = (inner: StepNode): boolean => isNew(inner) || inside.has(inner.id);
  const carried = countCarried(target, inside, comesAlong);
  if (carried < inside.size) moveOut(plan, step, step.lists);
  const include = carried < inside.size ? isNew : comesAlong;
  plan.edits.push({ op: 'replace', id: step.id, step: buildStep(target, include) });
  adopt(plan, target, step.at, include);
  return target.lists.flatMap((list, index): ListPair[] => {
    const now = step.lists[index];
    return now ? [[now, list]] : [];
  });
};

const countCarried = (
  target: StepNode,
  inside: ReadonlySet<string>,
  include: (inner: StepNode) => boolean,
): number => {
  let count = 0;
  for (const list of target.lists) {
    for (const inner of list.steps.filter(include)) {
      count += (inside.has(inner.id) ? 1 : 0) + countCarried(inner, inside, include);
    }
  }
  return count;
};

const moveOut = (plan: Plan, step: StepNode, lists: readonly ListNode[]): void => {
  for (const list of lists) {
    for (const inner of list.steps.filter(({ at }) => at === list)) {
      if (plan.target.byId.has(inner.id)) {
        plan.edits.push({ op: 'move', id: inner.id, at: { before: step.id } });
        inner.at = step.at;
      } else moveOut(plan, step, inner.lists);
    }
  }
};
