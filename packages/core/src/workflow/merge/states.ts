import type { Edit } from '../edit.js';
import { sameJson } from '../same-json.js';
import type { Conflict } from './conflict.js';
import type { Item, Snapshot } from './snapshot.js';

/** The three states of the steps, what moved, and the conflicts so far. */
export interface States {
  readonly base: Snapshot;
  readonly ours: Snapshot;
  readonly theirs: Snapshot;
  readonly movedByOurs: ReadonlySet<string>;
  readonly movedByTheirs: ReadonlySet<string>;
  /** Steps that one edit put in the place of another: the id of the old one to that of the new one. */
  readonly replacedByOurs: ReadonlyMap<string, string>;
  readonly replacedByTheirs: ReadonlyMap<string, string>;
  readonly conflicts: Conflict[];
}

/** The steps that edits put in the place of others, see {@link States}. */
export const replacements = (edits: readonly Edit[]): ReadonlyMap<string, string> =>
  new Map(
    edits.flatMap((edit) =>
      edit.op === 'replace' && edit.step.id !== edit.id ? [[edit.id, edit.step.id] as const] : [],
    ),
  );

/** What a side put into an item: new ones and ones from elsewhere. */
const newcomers = ({ base }: States, side: Snapshot, key: string): readonly Item[] =>
  (side.get(key)?.children ?? []).flatMap((child) => {
    const item = side.get(child);
    return item && base.get(child)?.parent !== key ? [item] : [];
  });

/** Whether a side changed an item of the base itself: its fields, its place, or what is directly in it. */
export const isTouched = (states: States, side: Snapshot, key: string): boolean => {
  const moved = side === states.ours ? states.movedByOurs : states.movedByTheirs;
  return (
    moved.has(key) ||
    !sameJson(side.get(key)?.fields, states.base.get(key)?.fields) ||
    newcomers(states, side, key).length > 0
  );
};
