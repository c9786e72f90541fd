import { type ListNode, listName } from '../diff/step-tree.js';
import { sameJson } from '../same-json.js';
import { mergeFields } from './merge-fields.js';
import { type Item, isStep, wholeStep } from './snapshot.js';
import { isTouched, type States } from './states.js';

/** The fields of all items, and the steps whose lists are to be as theirs made them. */
export interface MergedItems {
  readonly fields: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly sealed: ReadonlySet<string>;
}

/** Merges what steps and cases say of themselves. Where a step cannot be merged at all, it is wholly theirs: sealed. */
export const mergeItems = (states: States): MergedItems => {
  const fields = new Map<string, Readonly<Record<string, unknown>>>();
  const sealed = new Set<string>();
  for (const [key, { fields: own }] of states.ours) fields.set(key, own);
  for (const [key, theirs] of states.theirs) {
    const ours = states.ours.get(key);
    const merged = ours && mergeItem(states, ours, theirs);
    if (ours && !merged) sealed.add(key);
    fields.set(key, merged ?? theirs.fields);
  }
  return { fields, sealed };
};

/** The merged fields; undefined, with a conflict noted, when the steps cannot be merged. */
const mergeItem = (states: States, ours: Item, theirs: Item): Item['fields'] | undefined => {
  const { stepId } = theirs;
  const base = states.base.get(theirs.key);
  if (!base && isStep(theirs) && !isSameInsert(states, ours, theirs)) {
    states.conflicts.push({
      kind: 'inserted',
      ...(stepId === undefined ? {} : { stepId }),
      ours: wholeStep(ours),
      theirs: wholeStep(theirs),
      message: `Both inserted a step "${stepId}", and not the same.`,
    });
    return undefined;
  }
  if (ours.fields.kind !== theirs.fields.kind) return mergeKinds(states, base, ours, theirs);
  const before = base?.fields.kind === theirs.fields.kind ? (base?.fields ?? {}) : {};
  const prefix = isStep(theirs) ? '' : listPrefix(theirs.node);
  return mergeFields(before, ours.fields, theirs.fields, (path, first, second) => {
    states.conflicts.push({
      kind: 'field',
      ...(stepId === undefined ? {} : { stepId }),
      pointer: `${prefix}${path}`,
      ours: first,
      theirs: second,
      message: `Both changed ${prefix}${path} of the step "${stepId}", to different values.`,
    });
  });
};

const listPrefix = (node: Item['node']): string => ('field' in node ? `/${listName(node as ListNode)}` : '');

/** Only what both inserted counts: a step of the base that both put into it may differ. */
const isSameInsert = (states: States, ours: Item, theirs: Item): boolean => {
  const inserted = (item: Item): readonly string[] => item.children.filter((key) => !states.base.has(key));
  const lists = ours.children.map((key) => [states.ours.get(key), states.theirs.get(key)] as const);
  return (
    ours.parent === theirs.parent &&
    sameJson(ours.fields, theirs.fields) &&
    sameJson(ours.children, theirs.children) &&
    lists.every(([mine, other]) => mine && other && sameJson(inserted(mine), inserted(other)))
  );
};

/** One or both changed the kind of a step: then the other must have left it and its lists alone. */
const mergeKinds = (
  states: States,
  base: Item | undefined,
  ours: Item,
  theirs: Item,
): Item['fields'] | undefined => {
  const { key, stepId } = theirs;
  const leftAlone = (side: 'ours' | 'theirs'): boolean => {
    const items = [key, ...(base?.children ?? [])];
    const snapshot = states[side];
    const fields = sameJson(snapshot.get(key)?.fields, base?.fields);
    const lists = sameJson(snapshot.get(key)?.children, base?.children);
    return fields && lists && items.slice(1).every((list) => !isTouched(states, snapshot, list));
  };
  if (leftAlone('theirs')) return ours.fields;
  if (leftAlone('ours')) return theirs.fields;
  states.conflicts.push({
    kind: 'replaced',
    ...(stepId === undefined ? {} : { stepId }),
    ours: wholeStep(ours),
    theirs: wholeStep(theirs),
    message: `One side replaced the step "${stepId}", the other changed it as well.`,
  });
  return undefined;
};
