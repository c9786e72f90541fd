import { sameJson } from '../same-json.js';
import { mergeObjects, type OnConflict } from './merge-json.js';

type Fields = Readonly<Record<string, unknown>>;

/** Merges the fields of two states of a step or a case, of one kind. Of a conflict theirs stays. */
export const mergeFields = (base: Fields, ours: Fields, theirs: Fields, onConflict: OnConflict): Fields => {
  const keys = together(base, ours, theirs);
  const [before, first, second] = [base, ours, theirs].map((fields) => pick(fields, keys));
  const clash = !sameJson(before, first) && !sameJson(before, second) && !sameJson(first, second);
  if (!clash) return mergeObjects({ base, ours, theirs }, '', onConflict);
  const key = keys.find((each) => !sameJson(ours[each], theirs[each])) ?? '';
  onConflict(`/${key}`, ours[key], theirs[key]);
  const others = Object.fromEntries(Object.entries(ours).filter(([each]) => !keys.includes(each)));
  return mergeObjects({ base, ours: { ...others, ...second }, theirs }, '', onConflict);
};

/** Fields that mean something only together, so that what one side made of them must not mix with what the other did. */
const together = (base: Fields, ours: Fields, theirs: Fields): readonly string[] => {
  const differs = (key: string): boolean => ours[key] !== base[key] || theirs[key] !== base[key];
  switch (theirs.kind) {
    case 'wait': {
      const ways = ['duration', 'until', 'signal'];
      const changesWay = ways.some((key) => key in ours !== key in base || key in theirs !== key in base);
      return changesWay ? [...ways, 'timeout'] : [];
    }
    // The input of another action, or of another workflow, means something else.
    case 'action':
      return differs('action') ? ['action', 'input'] : [];
    case 'workflow':
      return differs('workflow') || differs('version') ? ['workflow', 'version', 'input'] : [];
    default:
      return [];
  }
};

const pick = (fields: Fields, keys: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => keys.includes(key)));
