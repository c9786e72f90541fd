import type { ActionLookup } from '../../../workflow/action-spec.js';
import type { Definition, Step, StepKind } from '../../../workflow/definition.js';
import { titleOf } from '../../../workflow/title.js';
import { walkSteps } from '../../../workflow/walk.js';
import { genericVerbs } from '../language/lexicon.js';
import { concepts } from '../language/tokens.js';

/** The step a text names; or several that fit equally; or none. */
export type Target =
  | { readonly kind: 'one'; readonly step: Step }
  | { readonly kind: 'many'; readonly steps: readonly Step[] }
  | { readonly kind: 'none' };

const kindWords: readonly (readonly [RegExp, StepKind])[] = [
  [/\b(?:wait|waits|waiting|pause|delay|timer)\b/i, 'wait'],
  [/\b(?:approval|approve|sign-?off)\b/i, 'approval'],
  [/\b(?:branch|condition|decision|check for (?:the )?condition|if)\b/i, 'branch'],
  [/\b(?:loop|for each|each)\b/i, 'forEach'],
  [/\b(?:repetition|repeat)\b/i, 'repeat'],
  [/\b(?:parallel|side by side)\b/i, 'parallel'],
  [/\bstop\b/i, 'stop'],
];
const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

/** Finds the step a text names: by number in reading order, kind, title words, id or action. */
export const findTarget = (text: string, definition: Definition, actions: ActionLookup): Target => {
  const steps = [...walkSteps(definition.steps)].map(({ step }) => step);
  const number =
    /(?:\bsteps?|#|\bnumber|\bno\.)\s*(\d{1,4})\b/i.exec(text)?.[1] ??
    /^\s*(?:the )?(\d{1,4})(?:st|nd|rd|th)?\s*$/i.exec(text)?.[1];
  if (number !== undefined) return one(steps[Number(number) - 1]);
  const named = steps.find(
    ({ id }) =>
      text
        .toLowerCase()
        .split(/[^a-z0-9_]+/)
        .includes(id) && id.includes('_'),
  );
  if (named) return one(named);
  const position = ordinalIn(text);
  if (position !== undefined && /\bsteps?\b/i.test(text)) return one(steps.at(position));
  const fitting = best(text, steps, actions);
  if (position !== undefined && fitting.length > 0) return one(fitting.at(position));
  const [only, ...others] = fitting;
  if (!only) return { kind: 'none' };
  return others.length === 0 ? { kind: 'one', step: only } : { kind: 'many', steps: fitting };
};

const one = (step: Step | undefined): Target => (step ? { kind: 'one', step } : { kind: 'none' });

const ordinalIn = (text: string): number | undefined => {
  if (/\blast\b/i.test(text)) return -1;
  const index = ordinals.findIndex((word) => new RegExp(`\\b${word}\\b`, 'i').test(text));
  return index >= 0 ? index : undefined;
};

const best = (text: string, steps: readonly Step[], actions: ActionLookup): readonly Step[] => {
  const kind = kindWords.find(([pattern]) => pattern.test(text))?.[1];
  const ofKind = kind ? steps.filter((step) => step.kind === kind) : [];
  if (ofKind.length > 0) return ofKind;
  const asked = new Set(concepts(text));
  const scored = steps.map((step) => ({ step, score: fit(asked, step, actions) }));
  const top = Math.max(0, ...scored.map(({ score }) => score));
  return top < 0.9 ? [] : scored.filter(({ score }) => score >= top * 0.95).map(({ step }) => step);
};

const fit = (asked: ReadonlySet<string>, step: Step, actions: ActionLookup): number => {
  const action = step.kind === 'action' ? actions.get(step.action) : undefined;
  const strong = new Set(concepts(`${titleOf(step, actions)} ${action?.id ?? ''} ${action?.name ?? ''}`));
  const weak = new Set(concepts((action?.keywords ?? []).join(' ')));
  let score = 0;
  for (const term of asked) {
    const value = genericVerbs.has(term) ? 0.4 : 1;
    score += strong.has(term) ? value : weak.has(term) ? value * 0.5 : 0;
  }
  // Steps that hold others are named by their kind; their titles often repeat words of what they hold.
  return step.kind === 'action' ? score : score * 0.8;
};
