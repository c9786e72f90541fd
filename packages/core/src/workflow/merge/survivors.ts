import type { MergedItems } from './merge-items.js';
import { type Item, isStep, stepKey, topKey, wholeStep } from './snapshot.js';
import { isTouched, type States } from './states.js';

/**
 * The keys of the items that are in the merged definition. What one side removed goes, unless the other changed it: then what
 * theirs did to it stays.
 */
export const survivors = (states: States, merged: MergedItems): Set<string> => {
  const { base, ours, theirs } = states;
  const alive = new Set<string>([topKey]);
  const isKept = keptFromRemoval(states, merged);
  for (const key of theirs.keys()) if (!base.has(key) || ours.has(key) || isKept(key)) alive.add(key);
  const refused = refusedReplacements(states, isKept);
  for (const item of ours.values()) {
    if (theirs.has(item.key)) continue;
    if (base.has(item.key)) {
      if (isTouched(states, ours, item.key)) noteRemoved(states, item);
    } else if (isWelcome(states, merged, alive, refused, item)) alive.add(item.key);
  }
  return alive;
};

/** Whether what ours removed stays because of what theirs did to it or to something in it. */
const keptFromRemoval = (states: States, { sealed }: MergedItems): ((key: string) => boolean) => {
  const { base, ours, theirs } = states;
  const known = new Map<string, boolean>();
  const isKept = (key: string): boolean => {
    const item = theirs.get(key);
    if (!item || !base.has(key) || ours.has(key)) return false;
    const before = known.get(key);
    if (before !== undefined) return before;
    const touched = isTouched(states, theirs, key);
    if (touched) noteRemoved(states, item);
    // Every child is asked, for its conflicts.
    const inside = item.children.filter(isKept).length > 0;
    const kept = touched || inside || (item.parent !== undefined && !isStep(item) && sealed.has(item.parent));
    known.set(key, kept);
    return kept;
  };
  return isKept;
};

const noteRemoved = (states: States, { key, stepId, node }: Item): void => {
  const isList = 'field' in node;
  states.conflicts.push({
    kind: 'removed',
    ...(stepId === undefined ? {} : { stepId }),
    ours: wholeStep(states.ours.get(key)),
    theirs: wholeStep(states.theirs.get(key)),
    message: isList
      ? `One side removed a list of the step "${stepId}", the other changed it or put steps into it.`
      : `One side removed the step "${stepId}", the other changed it.`,
  });
};

/** New steps of ours that stand for a step that theirs kept or replaced as well. */
const refusedReplacements = (states: States, isKept: (key: string) => boolean): ReadonlySet<string> => {
  const refused = new Set<string>();
  for (const [old, own] of states.replacedByOurs) {
    const key = stepKey(old);
    const other = states.replacedByTheirs.get(old);
    if (!states.base.has(key) || states.ours.has(key)) continue;
    if (isKept(key)) refused.add(stepKey(own));
    if (other === undefined || other === own || states.theirs.has(key)) continue;
    refused.add(stepKey(own));
    states.conflicts.push({
      kind: 'replaced',
      stepId: old,
      ours: wholeStep(states.ours.get(stepKey(own))),
      theirs: wholeStep(states.theirs.get(stepKey(other))),
      message: `Both replaced the step "${old}", by different ones.`,
    });
  }
  return refused;
};

/** Whether a new item of ours has a place: what it is in is there, and is not wholly theirs. */
const isWelcome = (
  { theirs, ours }: States,
  { fields, sealed }: MergedItems,
  alive: ReadonlySet<string>,
  refused: ReadonlySet<string>,
  { key, parent, node }: Item,
): boolean => {
  if (parent === undefined || !alive.has(parent) || refused.has(key)) return false;
  const owner = 'field' in node ? parent : ours.get(parent)?.parent;
  if (owner !== undefined && sealed.has(owner)) return false;
  // A recovery list excludes the other values of onError, which theirs may have set.
  const isRecovery = 'field' in node && node.field === 'onError' && theirs.has(parent);
  return !isRecovery || typeof fields.get(parent)?.onError === 'object';
};
