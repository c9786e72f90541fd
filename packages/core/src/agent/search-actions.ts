import type { ActionLookup, ActionSpec } from '../workflow/action-spec.js';

/**
 * The actions that share words with `query`, best first; ties in catalog order. A word in the name counts more than one
 * in the description.
 */
export const searchActions = (actions: ActionLookup, query: string): readonly ActionSpec[] => {
  const wanted = new Set(wordsOf(query));
  return actions
    .all()
    .map((action) => ({ action, score: scoreOf(action, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ action }) => action);
};

const scoreOf = (action: ActionSpec, wanted: ReadonlySet<string>): number =>
  3 * shared([action.id, action.name, ...(action.keywords ?? [])], wanted) +
  shared([action.description, action.category], wanted);

const shared = (texts: readonly string[], wanted: ReadonlySet<string>): number =>
  new Set(wordsOf(texts.join(' ')).filter((word) => wanted.has(word))).size;

/** Lower-case words of three letters and more, without a plural's s, and without words that tell nothing. */
const wordsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])
    .filter((word) => !dull.has(word))
    .map((word) => word.replace(/(?<=\w{3})s$/, ''));

const dull = new Set([
  'the',
  'and',
  'for',
  'with',
  'from',
  'that',
  'this',
  'then',
  'when',
  'are',
  'was',
  'all',
  'into',
  'its',
]);
