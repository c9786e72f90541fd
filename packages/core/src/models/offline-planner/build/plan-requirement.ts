import type { JsonSchema } from '../../../json.js';
import type { Step, Trigger } from '../../../workflow/definition.js';
import { titleOf } from '../../../workflow/title.js';
import { walkSteps } from '../../../workflow/walk.js';
import type { Grammar } from '../language/grammar.js';
import { verbWords } from '../language/lexicon.js';
import { withoutLiterals } from '../language/mask.js';
import { readClauses } from '../language/read-clauses.js';
import { findTrigger } from '../language/schedule.js';
import { stem, words } from '../language/tokens.js';
import type { ActionIndex } from '../matching/match-actions.js';
import { chooseAction } from '../matching/match-actions.js';
import type { Source } from '../matching/sources.js';
import type { Ambiguous, BuildState, Frame, Unmatched } from './build-state.js';
import { addClauses } from './build-steps.js';
import { type RunInputs, runInputs } from './run-inputs.js';
import { type NewId, stepIds } from './step-ids.js';

/** A requirement as a workflow, and what of it could not be done. */
export interface RequirementPlan {
  readonly name: string;
  readonly trigger: Trigger | undefined;
  readonly inputs: JsonSchema | undefined;
  readonly steps: readonly Step[];
  /** Ids of the actions in order of mention. */
  readonly actions: readonly string[];
  readonly unmatched: readonly Unmatched[];
  readonly ambiguous: readonly Ambiguous[];
  readonly notes: readonly string[];
}

/** What the grammar needs to know of a catalog. */
const grammarOf = (index: ActionIndex): Grammar => {
  const verbs = new Set([...verbWords, ...index.verbs].map(stem));
  const chosen = (text: string): string => {
    const choice = chooseAction(withoutLiterals(text), index);
    if (choice.kind === 'none') return '';
    return choice.kind === 'found' ? choice.action.id : choice.actions.map(({ id }) => id).join(' ');
  };
  return {
    isVerb: (word) => verbs.has(stem(word)),
    isAction: (text) => chosen(text) !== '',
    isOther: (text, before) => chosen(text) !== '' && chosen(text) !== chosen(before),
  };
};

/** Clauses that are read at most. */
const longest = 150;

/** Where steps are built: what is already there. */
export interface BuildPlace {
  readonly index: ActionIndex;
  readonly preferred: ReadonlySet<string>;
  readonly newId: NewId;
  readonly inputs: RunInputs;
  /** What the first of the steps may read. */
  readonly visible: readonly Source[];
  /** Ids of actions already used. */
  readonly used: readonly string[];
}

/** Steps for a text, and what of it could not be done. */
export type BuiltSteps = Pick<RequirementPlan, 'steps' | 'actions' | 'unmatched' | 'ambiguous' | 'notes'>;

/** Builds the steps a text asks for, at a place of a workflow. */
export const buildIn = (text: string, place: BuildPlace): BuiltSteps => {
  const root: Frame = { steps: [], sources: [...place.visible], untilEnd: false };
  const state: BuildState = {
    index: place.index,
    preferred: place.preferred,
    newId: place.newId,
    inputs: place.inputs,
    root,
    frames: [root],
    last: undefined,
    chain: [],
    skipping: false,
    actions: [...place.used],
    unmatched: [],
    ambiguous: [],
    notes: [],
  };
  const clauses = readClauses(text, grammarOf(place.index));
  addClauses(clauses.slice(0, longest), state);
  if (clauses.length > longest) {
    state.unmatched.push({
      text: `everything after the first ${longest} parts`,
      nearest: [],
      what: 'length',
    });
  }
  const { unmatched, ambiguous, notes } = state;
  return {
    steps: withoutEmpty(root.steps),
    actions: state.actions.slice(place.used.length),
    unmatched,
    ambiguous,
    notes,
  };
};

/** Plans a workflow from a requirement. `preferred` are actions the person chose when asked. */
export const planRequirement = (
  text: string,
  index: ActionIndex,
  preferred: ReadonlySet<string> = new Set(),
): RequirementPlan => {
  const { heading, body } = splitHeading(text, index);
  const found = findTrigger(body);
  const inputs = runInputs();
  const built = buildIn(found ? found.rest : body, {
    index,
    preferred,
    newId: stepIds([]),
    inputs,
    visible: [],
    used: [],
  });
  return {
    ...built,
    name: heading ?? nameOf(text, built.steps, index),
    trigger: found?.trigger,
    inputs: inputs.schema(),
  };
};

/** "Late delivery notifier: email the facility, …" starts with the name. */
const splitHeading = (text: string, index: ActionIndex): { heading?: string; body: string } => {
  const match = /^\s*(?:work)?(?:flow )?([\p{L}\p{N}][^:,.;!?\n]{2,58}):\s+(?=\S)/u.exec(text);
  const heading = match?.[1]?.trim();
  const [first = ''] = words(heading ?? '');
  if (
    !match ||
    !heading ||
    grammarOf(index).isVerb(first) ||
    /^(?:if|when|for|step|every|in|after|before|once|i|we|please)$/.test(first) ||
    /^(?:requirements?|task|process|steps|goal|workflow)$/i.test(heading)
  )
    return { body: text };
  return { heading, body: text.slice(match[0].length) };
};

/** What must be asked about words that fit two actions, or none. */
export const planQuestions = (
  { ambiguous, unmatched }: BuiltSteps,
  index: ActionIndex,
): readonly string[] => [
  ...ambiguous.map(
    ({ text, actions }) =>
      `Which action do you mean by “${text}”: ${actions.map(({ name }) => `“${name}”`).join(' or ')}?`,
  ),
  ...unmatched.map((entry) => unmatchedSentence(entry, index)),
];

const unmatchedSentence = ({ text, nearest, what }: Unmatched, index: ActionIndex): string => {
  if (what === 'value') {
    const takers = nearest.map(({ name }) => `“${name}”`).join(', ');
    return `What should be done with “${text}”? ${takers} has no place for it.`;
  }
  if (what === 'length')
    return `The text is too long: I left out ${text}. Send the rest as changes, in parts.`;
  if (what === 'condition')
    return `How can a run know “${text}”? No output of an earlier step, nor of an action that reads, says it.`;
  const offered =
    nearest.length > 0
      ? `The nearest are ${nearest.map(({ name }) => `“${name}”`).join(', ')}.`
      : `Ask “which actions can I use?” to see all ${index.actions.length}.`;
  return `What should happen for “${text}”? No action of this catalog does it. ${offered}`;
};

/** Drops branches and loops in which nothing is left. */
const withoutEmpty = (steps: readonly Step[]): readonly Step[] =>
  steps.flatMap((step): readonly Step[] => {
    if (step.kind === 'branch') {
      const cases = step.cases.map((entry) => ({ ...entry, steps: withoutEmpty(entry.steps) }));
      const otherwise = withoutEmpty(step.otherwise ?? []);
      if (otherwise.length === 0 && cases.every((entry) => entry.steps.length === 0)) return [];
      const { otherwise: _, ...rest } = step;
      return [{ ...rest, cases, ...(otherwise.length > 0 ? { otherwise } : {}) }];
    }
    if (step.kind === 'forEach' || step.kind === 'repeat') {
      const inner = withoutEmpty(step.steps);
      return inner.length > 0 ? [{ ...step, steps: inner }] : [];
    }
    return [step];
  });

const nameOf = (text: string, steps: readonly Step[], index: ActionIndex): string => {
  const called =
    /\b(?:flow (?:called|named)|call it|name it)\s+["“']?([\p{L}\p{N}][\p{L}\p{N} _-]{1,58}[\p{L}\p{N}])["”']?(?=[\s,.:;!]|$)/iu.exec(
      text,
    )?.[1];
  if (called !== undefined) return called.split(/\s+(?:that|which|to|and)\s+/)[0] ?? called;
  const titles = [...walkSteps(steps)].flatMap(({ step }) =>
    step.kind === 'action' ? [titleOf(step, index.lookup)] : [],
  );
  const [first = 'New workflow'] = titles;
  const last = titles.at(-1) ?? first;
  const name = last === first ? first : `${first}, then ${last.charAt(0).toLowerCase()}${last.slice(1)}`;
  return name.slice(0, 80);
};
