import type { ActionSpec } from '../../../workflow/action-spec.js';
import { slug } from '../language/tokens.js';

/** Gives out step ids that are valid and unique: `inbox`, `inbox_2`. */
export type NewId = (wish: string) => string;

const reserved = new Set(
  'in true false null as break const continue else for function if import let loop package namespace return var void while inputs trigger vars steps run secrets index item'.split(
    ' ',
  ),
);

/** An id giver for a definition that already uses some. */
export const stepIds = (taken: Iterable<string>): NewId => {
  const used = new Set(taken);
  return (wish) => {
    const base = slug(wish, '_', 40) || 'step';
    const start = reserved.has(base) ? `${base}_step` : base;
    let id = start;
    for (let n = 2; used.has(id); n += 1) id = `${start}_${n}`;
    used.add(id);
    return id;
  };
};

/** A short id for a step of an action: its id without a verb that says little (`get_shipment_eta` -> `shipment_eta`). */
export const wishFor = (action: ActionSpec): string => {
  const short = action.id.replace(/^(?:send|get|check|find|fetch|list|read)_(?=[a-z])/, '');
  return short.length >= 3 ? short : action.id;
};
