import { sameJson } from '../same-json.js';
import { longestIncreasing } from './longest-increasing.js';
import { type ListNode, stepsIn } from './step-tree.js';

/** For each new case (or branch) the old one it was, if any. */
type EntryMatch = readonly (ListNode | undefined)[];

/**
 * Pairs the cases (or branches) of a step before and after a change: by position, or, when that means fewer changes, by the
 * steps in them and by their fields. Cases have no id, so this decides what reads as “case 2 was removed”.
 */
export const matchEntries = (old: readonly ListNode[], next: readonly ListNode[]): EntryMatch => {
  const byPosition = next.map((_, index) => old[index]);
  const byContent = matchByContent(old, next);
  return cost(old, next, byContent) < cost(old, next, byPosition) ? byContent : byPosition;
};

/** Whether the paired entries keep their order, with every new one behind them. */
export const keepsOrder = (old: readonly ListNode[], match: EntryMatch): boolean => {
  const known = match.filter((list) => list !== undefined).map((list) => old.indexOf(list));
  return longestIncreasing(known).length === known.length && match.slice(known.length).every((list) => !list);
};

const cost = (old: readonly ListNode[], next: readonly ListNode[], match: EntryMatch): number => {
  const places = new Map(old.flatMap((list) => stepsIn(list).map(({ id }) => [id, list] as const)));
  const here = new Set(next.flatMap(({ steps }) => steps.map(({ id }) => id)));
  let sum = keepsOrder(old, match) ? 0 : 1;
  for (const [index, list] of next.entries()) {
    const before = match[index];
    if (before && !sameJson(before.fields, list.fields)) sum += 1;
    // What is in an entry that goes away goes with it; in one that stays it is removed step by step.
    if (before) sum += stepsIn(before).filter(({ id }) => !here.has(id)).length;
    for (const { id } of list.steps) {
      const place = places.get(id);
      if (place && place !== before) sum += 1;
    }
  }
  return sum;
};

const matchByContent = (old: readonly ListNode[], next: readonly ListNode[]): EntryMatch => {
  const free = new Set(old);
  const take = (list: ListNode | undefined): ListNode | undefined =>
    list && free.delete(list) ? list : undefined;
  const places = new Map(old.flatMap((list) => stepsIn(list).map(({ id }) => [id, list] as const)));
  const bySteps = next.map((list) => take(mostShared(list, places)));
  let last = -1;
  const byFields = next.map((list, index) => {
    const match = bySteps[index] ?? take(leastFilled(old, free, list, last));
    if (match) last = old.indexOf(match);
    return match;
  });
  return next.map((_, index) => byFields[index] ?? take(old[index]));
};

/** Of the free lists with the fields of another, the one with the fewest steps; of equals, the first that keeps the order. */
const leastFilled = (
  old: readonly ListNode[],
  free: ReadonlySet<ListNode>,
  { fields }: ListNode,
  last: number,
): ListNode | undefined => {
  const rank = (list: ListNode): number => stepsIn(list).length + (old.indexOf(list) < last ? 0.5 : 0);
  return old
    .filter((list) => free.has(list) && sameJson(list.fields, fields))
    .toSorted((a, b) => rank(a) - rank(b))[0];
};

/** The old list that most of the steps come from. */
const mostShared = (list: ListNode, places: ReadonlyMap<string, ListNode>): ListNode | undefined => {
  const shared = new Map<ListNode, number>();
  let best: ListNode | undefined;
  for (const { id } of list.steps) {
    const place = places.get(id);
    if (!place) continue;
    const count = (shared.get(place) ?? 0) + 1;
    shared.set(place, count);
    if (!best || count > (shared.get(best) ?? 0)) best = place;
  }
  return best;
};
