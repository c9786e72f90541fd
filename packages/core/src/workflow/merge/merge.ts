import { applyEdits } from '../apply-edits.js';
import type { Definition, Step } from '../definition.js';
import { diff } from '../diff/diff.js';
import { putTogether, stepTree } from '../diff/step-tree.js';
import type { Edit } from '../edit.js';
import type { Conflict } from './conflict.js';
import { mergeItems } from './merge-items.js';
import { mergeObjects } from './merge-json.js';
import { mergeOrder } from './merge-order.js';
import { mergePlaces, type Place } from './places.js';
import { isStep, movedItems, snapshot, topKey } from './snapshot.js';
import { replacements, type States } from './states.js';
import { survivors } from './survivors.js';

/** What {@link merge} gives. */
export interface MergeResult {
  /** The base with the edits of both. Where they are in conflict, theirs count. */
  readonly definition: Definition;
  /** What of ours is to be applied on top of the base with their edits. */
  readonly edits: readonly Edit[];
  /** Empty when both went in wholly. */
  readonly conflicts: readonly Conflict[];
}

/**
 * Merges two lists of edits that were made on one base without knowing of each other: say, a proposal and what a person changed
 * by hand meanwhile. It compares the states they lead to, step by step and field by field, so how the edits were written does
 * not matter, and the same change made twice is no conflict. Without conflicts the order of the two does not matter either.
 * A conflict leaves the rest of ours in: the caller decides whether to take `definition`.
 * Throws `invalid_request`, like `applyEdits`, when a list cannot be applied to the base.
 *
 * @example
 * const { definition, edits, conflicts } = merge(base, proposal.edits, editsByHand);
 * if (conflicts.length > 0) show(conflicts.map(({ message }) => message));
 */
export const merge = (base: Definition, ours: readonly Edit[], theirs: readonly Edit[]): MergeResult => {
  const mine = applyEdits(base, ours).definition;
  const other = applyEdits(base, theirs).definition;
  const conflicts: Conflict[] = [];
  const definition: Definition = {
    ...mergeTop(base, mine, other, conflicts),
    steps: mergeSteps(statesOf({ base, mine, other }, ours, theirs, conflicts)),
  };
  return { definition, edits: diff(other, definition), conflicts };
};

/** Merges all but the steps. */
const mergeTop = (
  base: Definition,
  ours: Definition,
  theirs: Definition,
  conflicts: Conflict[],
): Omit<Definition, 'steps'> => {
  const withoutSteps = ({ steps: _, ...fields }: Definition): Record<string, unknown> => fields;
  const three = { base: withoutSteps(base), ours: withoutSteps(ours), theirs: withoutSteps(theirs) };
  const merged = mergeObjects(three, '', (pointer, first, second) => {
    const message = `Both changed ${pointer} of the workflow, to different values.`;
    conflicts.push({ kind: 'field', pointer, ours: first, theirs: second, message });
  });
  // Edge: each field comes from one of two definitions.
  return merged as unknown as Omit<Definition, 'steps'>;
};

const statesOf = (
  { base, mine, other }: { readonly base: Definition; readonly mine: Definition; readonly other: Definition },
  ours: readonly Edit[],
  theirs: readonly Edit[],
  conflicts: Conflict[],
): States => {
  const tree = stepTree(base);
  const states = {
    base: snapshot(tree),
    ours: snapshot(stepTree(mine), tree),
    theirs: snapshot(stepTree(other), tree),
  };
  return {
    ...states,
    movedByOurs: movedItems(states.base, states.ours),
    movedByTheirs: movedItems(states.base, states.theirs),
    replacedByOurs: replacements(ours),
    replacedByTheirs: replacements(theirs),
    conflicts,
  };
};

const mergeSteps = (states: States): readonly Step[] => {
  const merged = mergeItems(states);
  const places = mergePlaces(states, survivors(states, merged));
  const members = new Map<string, Map<string, Place>>();
  for (const [key, place] of places) {
    const siblings = members.get(place.parent) ?? new Map<string, Place>();
    members.set(place.parent, siblings.set(key, place));
  }
  const inside = (key: string): readonly string[] => mergeOrder(states, key, members.get(key) ?? new Map());
  const stepsOf = (list: string): readonly Step[] => inside(list).map(stepOf);
  const stepOf = (key: string): Step =>
    putTogether(
      merged.fields.get(key) ?? {},
      inside(key).flatMap((list) => {
        const item = states.theirs.get(list) ?? states.ours.get(list);
        if (!item || isStep(item) || !('field' in item.node)) return [];
        return [{ field: item.node.field, fields: merged.fields.get(list) ?? {}, steps: stepsOf(list) }];
      }),
    );
  return stepsOf(topKey);
};
