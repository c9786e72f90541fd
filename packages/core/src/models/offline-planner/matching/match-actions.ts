import type { ActionLookup, ActionSpec } from '../../../workflow/action-spec.js';
import { defaultQualifiers, genericVerbs } from '../language/lexicon.js';
import { concept, concepts, relatedTo, words } from '../language/tokens.js';
import { properties } from './schema.js';

/** An action with how well it fits a text: 0 (not at all) to about 1. */
export interface Match {
  readonly action: ActionSpec;
  readonly score: number;
}

/** The action a text means, or that two fit equally, or the nearest ones when none fits. */
export type Choice =
  | { readonly kind: 'found'; readonly action: ActionSpec; readonly score: number }
  | { readonly kind: 'ambiguous'; readonly actions: readonly ActionSpec[] }
  | { readonly kind: 'none'; readonly nearest: readonly ActionSpec[] };

interface Indexed {
  readonly spec: ActionSpec;
  readonly terms: ReadonlyMap<string, number>;
  /** Concepts of its id and name that a text should name. */
  readonly head: ReadonlySet<string>;
  readonly verb: string;
}

/** A catalog prepared for matching. */
export interface ActionIndex {
  readonly lookup: ActionLookup;
  readonly actions: readonly Indexed[];
  /** In how many actions a concept occurs. */
  readonly frequency: ReadonlyMap<string, number>;
  /** First words of names and ids: the verbs of this catalog. */
  readonly verbs: ReadonlySet<string>;
}

/** Below this a text means no action. */
const accepted = 0.34;
/** Two scores this near are equal. */
const tie = 0.93;

/** Prepares a catalog for matching. */
export const indexActions = (lookup: ActionLookup): ActionIndex => {
  const actions = lookup.all().map(indexAction);
  const frequency = new Map<string, number>();
  for (const { terms } of actions) {
    for (const term of terms.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  const verbs = new Set(
    lookup
      .all()
      .flatMap(({ id, name }) => [id, name])
      .flatMap((text) => words(text).slice(0, 1)),
  );
  return { lookup, actions, frequency, verbs };
};

const indexAction = (spec: ActionSpec): Indexed => {
  const terms = new Map<string, number>();
  const put = (text: string, weight: number): void => {
    for (const term of concepts(text)) terms.set(term, Math.max(terms.get(term) ?? 0, weight));
  };
  put(spec.id, 1);
  put(spec.name, 1);
  for (const keyword of spec.keywords ?? []) put(keyword, concepts(keyword).length > 1 ? 0.8 : 1);
  for (const alias of spec.aliases ?? []) put(alias, 0.5);
  put(spec.description, 0.5);
  put(spec.category, 0.35);
  for (const { name } of properties(spec.inputSchema)) put(name, 0.35);
  for (const { name, enumValues } of properties(spec.outputSchema))
    put([name, ...enumValues].join(' '), 0.35);
  const head = new Set(concepts(spec.id).filter((term) => !defaultQualifiers.has(term)));
  return { spec, terms, head, verb: concept(words(spec.id)[0] ?? '') };
};

/** Every action with a score above zero, best first. */
export const rankActions = (text: string, index: ActionIndex): readonly Match[] => {
  const said = concepts(text);
  // "mail the facility": the word is a verb there, and what it does is sending.
  const query = [...new Set(said[0] === 'email' ? ['send', ...said] : said)];
  const spoken = new Set(words(text).slice(1));
  const matches = index.actions
    .map((indexed) => ({
      action: indexed.spec,
      score: score(query, indexed, index) * exactness(spoken, indexed),
    }))
    .filter((match) => match.score > 0);
  return matches.sort((a, b) => b.score - a.score);
};

const score = (query: readonly string[], { terms, head, verb }: Indexed, index: ActionIndex): number => {
  let gained = 0;
  let possible = 0;
  let specific = false;
  for (const [position, term] of query.entries()) {
    const value = weight(term, index) * (position === 0 ? 1.2 : 1);
    const known = index.frequency.has(term) || relatedTo(term).size > 0;
    // A word the catalog has never heard of says that the text may be about something else.
    possible += known ? value : value * 0.45;
    const fit = fitOf(term, terms);
    gained += fit * value;
    if (fit >= 0.5 && !genericVerbs.has(term)) specific = true;
  }
  if (!specific || possible === 0) return 0;
  const missing = [...head].filter((term) => !query.some((asked) => fitOf(asked, new Map([[term, 1]])) > 0));
  const headFit =
    1 - 0.5 * (missing.filter((term) => !genericVerbs.has(term)).length / Math.max(head.size, 2));
  return (gained / possible) * headFit * verbFit(query[0] ?? '', verb, terms, index);
};

/** "shipments" means the action that lists them, "shipment" the one that reads one: stems alone do not tell. */
const exactness = (spoken: ReadonlySet<string>, { spec }: Indexed): number =>
  words(spec.id)
    .slice(1)
    .some((word) => spoken.has(word))
    ? 1.09
    : 1;

const fitOf = (term: string, terms: ReadonlyMap<string, number>): number => {
  let best = terms.get(term) ?? 0;
  for (const [near, share] of relatedTo(term)) best = Math.max(best, (terms.get(near) ?? 0) * share);
  return best;
};

const weight = (term: string, index: ActionIndex): number => {
  const rarity = Math.log(1 + (index.actions.length + 1) / ((index.frequency.get(term) ?? 0) + 1));
  return genericVerbs.has(term) ? rarity * 0.4 : rarity;
};

/** A text that starts with another verb than the action's means it less. */
const verbFit = (
  first: string,
  verb: string,
  terms: ReadonlyMap<string, number>,
  index: ActionIndex,
): number => {
  if (first === verb) return 1.1;
  // A keyword says the verb less surely than the action's own name.
  if ((terms.get(first) ?? 0) >= 0.8) return 0.97;
  const isVerb = genericVerbs.has(first) || index.actions.some((action) => action.verb === first);
  return !isVerb || relatedTo(first).has(verb) ? 0.92 : 0.7;
};

/** The action a text means. `preferred` settles a tie: what the person chose when asked. */
export const chooseAction = (
  text: string,
  index: ActionIndex,
  preferred: ReadonlySet<string> = new Set(),
): Choice => {
  const exact = index.actions.find(({ spec }) => isNamed(text, spec));
  if (exact) return { kind: 'found', action: exact.spec, score: 1 };
  const ranked = rankActions(text, index);
  const [best] = ranked;
  if (!best || best.score < accepted) {
    return { kind: 'none', nearest: ranked.slice(0, 3).map(({ action }) => action) };
  }
  const equal = ranked.filter(({ score: value }) => value >= best.score * tie);
  const chosen = equal.find(({ action }) => preferred.has(action.id));
  if (chosen) return { kind: 'found', action: chosen.action, score: chosen.score };
  if (equal.length > 1) return { kind: 'ambiguous', actions: equal.slice(0, 3).map(({ action }) => action) };
  return { kind: 'found', action: best.action, score: best.score };
};

/** Whether a text names the action by its id, its whole name or one of its aliases. */
const isNamed = (text: string, spec: ActionSpec): boolean => {
  const ids = new Set(text.toLowerCase().split(/[^a-z0-9_]+/));
  return (
    [spec.id, ...(spec.aliases ?? [])].some((id) => id.includes('_') && ids.has(id)) ||
    words(text).join(' ') === words(spec.name).join(' ')
  );
};
