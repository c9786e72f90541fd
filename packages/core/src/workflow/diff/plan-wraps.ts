import { adopt, buildStep, holdsStaying, type Plan } from './plan.js';
import { emptyList, type ListNode, listName, type StepNode, stepsIn } from './step-tree.js';

/** Takes steps out of containers that go away, when all of them come into this list. */
export const planUnwraps = (plan: Plan, list: ListNode, target: ListNode): void => {
  for (const step of stepsIn(list)) {
    if (plan.target.byId.has(step.id)) continue;
    const [full, ...more] = step.lists.filter((inner) => holdsStaying(plan, inner));
    if (!full || more.length > 0) continue;
    const inner = stepsIn(full);
    if (!inner.every(({ id }) => plan.target.byId.get(id)?.at === target)) continue;
    plan.edits.push({
      op: 'unwrap',
      id: step.id,
      ...(full === step.lists[0] ? {} : { list: listName(full) }),
    });
    for (const each of inner) each.at = list;
    step.at = { ...emptyList(undefined, 'steps'), gone: true };
    list.steps = list.steps.flatMap((each) => (each === step ? inner : [each]));
  }
};

/** Puts new containers around steps of this list that go into them. */
export const planWraps = (plan: Plan, list: ListNode, target: ListNode): void => {
  const places: Places = new Map(stepsIn(list).map((step, index) => [step, index]));
  const containers = new Map<StepNode | undefined, StepNode>();
  for (const step of target.steps) {
    if (plan.now.has(step.id)) continue;
    const runs = step.lists.map((inner) => longestRun(plan, list, places, inner));
    const longest = Math.max(0, ...runs.map(({ length }) => length));
    const chosen = runs.findIndex(({ length }) => length > 0 && length === longest);
    const [run, into] = [runs[chosen], step.lists[chosen]];
    if (run && into) containers.set(run[0], wrap(plan, list, step, into, run));
  }
  if (containers.size > 0) list.steps = list.steps.map((step) => containers.get(step) ?? step);
};

const wrap = (
  plan: Plan,
  list: ListNode,
  step: StepNode,
  into: ListNode,
  run: readonly StepNode[],
): StepNode => {
  // The steps of the run go behind what the list holds: of its new steps only those before the run come with it.
  const start = into.steps.findIndex(({ id }) => id === run[0]?.id);
  const before = new Set(into.steps.slice(0, start));
  const include = (inner: StepNode): boolean =>
    !plan.now.has(inner.id) && (inner.at !== into || before.has(inner));
  plan.edits.push({
    op: 'wrap',
    ids: run.map(({ id }) => id),
    in: buildStep(step, include),
    ...(into === step.lists[0] ? {} : { list: listName(into) }),
  });
  const container = adopt(plan, step, list, include);
  const filled = container.lists[step.lists.indexOf(into)];
  for (const each of run) if (filled) each.at = filled;
  filled?.steps.push(...run);
  return container;
};

/** Steps with their indexes in a list. What has left it since leaves a gap, so its neighbours stay no neighbours. */
type Places = ReadonlyMap<StepNode, number>;

/** The longest run of neighbours in `list` that are neighbours in `inner`, a list of the target, too. */
const longestRun = (plan: Plan, list: ListNode, places: Places, inner: ListNode): readonly StepNode[] => {
  let best: readonly StepNode[] = [];
  let run: StepNode[] = [];
  for (const { id } of inner.steps) {
    const step = plan.now.get(id);
    const place = step && step.at === list ? places.get(step) : undefined;
    const last = run.at(-1);
    if (!step || place === undefined) run = [];
    else if (last && place === (places.get(last) ?? -1) + 1) run.push(step);
    else run = [step];
    if (run.length > best.length) best = [...run];
  }
  return best;
};
