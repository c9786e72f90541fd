import { noteMoved, type Place } from './places.js';
import type { States } from './states.js';

/**
 * The order of what is in a list (or step). What neither moved are the anchors, in the same order on both sides. Between two of
 * them stands what ours put there and what theirs put there; where both did, in the order of the keys, so that it does not
 * matter who is ours.
 */
export const mergeOrder = (
  states: States,
  parent: string,
  members: ReadonlyMap<string, Place>,
): readonly string[] => {
  const mine = gaps(states.ours.get(parent)?.children ?? [], members, 'ours');
  const other = gaps(states.theirs.get(parent)?.children ?? [], members, 'theirs');
  const apart = new Set<string>();
  for (const [key, { owner }] of members) {
    if (owner !== 'both' || mine.of.get(key) === other.of.get(key)) continue;
    apart.add(key);
    noteMoved(states, key);
  }
  return ['', ...other.anchors].flatMap((anchor) => {
    const first = (mine.runs.get(anchor) ?? []).filter((key) => !apart.has(key));
    const second = other.runs.get(anchor) ?? [];
    return [...(anchor === '' ? [] : [anchor]), ...mergeRuns(states, first, second)];
  });
};

interface Gaps {
  readonly anchors: readonly string[];
  /** What a side put behind each anchor ('' is the start). */
  readonly runs: ReadonlyMap<string, readonly string[]>;
  readonly of: ReadonlyMap<string, string>;
}

const gaps = (
  children: readonly string[],
  members: ReadonlyMap<string, Place>,
  side: 'ours' | 'theirs',
): Gaps => {
  const anchors: string[] = [];
  const runs = new Map<string, string[]>();
  const of = new Map<string, string>();
  let anchor = '';
  for (const key of children) {
    const owner = members.get(key)?.owner;
    if (owner === 'nobody') {
      anchor = key;
      anchors.push(key);
    } else if (owner === side || owner === 'both') {
      of.set(key, anchor);
      const run = runs.get(anchor) ?? [];
      run.push(key);
      runs.set(anchor, run);
    }
  }
  return { anchors, runs, of };
};

/** What is in both runs splits them; the pieces between stand in the order of their first keys. */
const mergeRuns = (states: States, ours: readonly string[], theirs: readonly string[]): readonly string[] => {
  const common = theirs.filter((key) => ours.includes(key));
  const mine = ours.filter((key) => common.includes(key));
  if (common.some((key, index) => mine[index] !== key)) {
    for (const [index, key] of common.entries()) if (mine[index] !== key) noteMoved(states, key);
    return [...theirs, ...ours.filter((key) => !common.includes(key))];
  }
  const [first, second] = [split(ours, common), split(theirs, common)];
  return first.flatMap((piece, index) => {
    const pieces = [piece, second[index] ?? []].toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
    return [...pieces.flat(), ...(common[index] === undefined ? [] : [common[index]])];
  });
};

/** The pieces between keys that are all in `run`, in this order. */
const split = (run: readonly string[], keys: readonly string[]): readonly (readonly string[])[] => {
  const ends = [...keys.map((key) => run.indexOf(key)), run.length];
  return ends.map((end, index) => run.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end));
};
