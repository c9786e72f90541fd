/**
 * Parts of definitions that an earlier validation has copied and read. They are frozen, so they still are what they were:
 * a definition that was edited shares most of its parts with the one before and is checked again in a fraction of the time.
 */
import type { Json } from '../../json.js';

/** How large a value is. */
interface Extent {
  /** Values in it, itself included. */
  readonly values: number;
  /** Objects and lists inside one another. */
  readonly depth: number;
  readonly templates: number;
}

/** How many templates a text has at most: an escaped one counts too. */
export const templatesIn = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('${{'); at !== -1; at = text.indexOf('${{', at + 3)) count += 1;
  return count;
};

const extents = new WeakMap<object, Extent>();

/** The extent of a value that {@link keepCopy} was given; undefined for any other. */
export const ownCopy = (value: object): Extent | undefined => extents.get(value);

/** Freezes a copy of this validation's own and remembers it as sound. */
export const keepCopy = (value: object & Json): void => {
  extents.set(value, freeze(value));
};

/** Recurses no deeper than copies are nested, which is bounded. */
const freeze = (value: Json): Extent => {
  if (typeof value === 'string') return { values: 1, depth: 0, templates: templatesIn(value) };
  if (typeof value !== 'object' || value === null) return { values: 1, depth: 0, templates: 0 };
  let values = 1;
  let depth = 0;
  let templates = 0;
  for (const item of Object.values(value)) {
    const inner = freeze(item);
    values += inner.values;
    depth = Math.max(depth, inner.depth);
    templates += inner.templates;
  }
  Object.freeze(value);
  return { values, depth: depth + 1, templates };
};
