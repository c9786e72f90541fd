import type { Step } from '../../../workflow/definition.js';
import type { Condition } from '../language/clauses.js';
import { stopWords } from '../language/lexicon.js';
import { findLiterals } from '../language/literals.js';
import { capitalize, slug, words } from '../language/tokens.js';
import { type Resolved, resolveCondition } from '../matching/conditions.js';
import { rankActions } from '../matching/match-actions.js';
import { findReference } from '../matching/references.js';
import { properties } from '../matching/schema.js';
import { stepSource } from '../matching/sources.js';
import { addAction } from './add-action.js';
import { type BuildState, current, type Frame, type OpenBranch, visible } from './build-state.js';

/** Reads a condition here; adds the reading it needs when none was made, or the one made is older than a wait. */
export const conditionHere = (condition: Condition, state: BuildState): Resolved | undefined => {
  const found = resolveCondition(condition, visible(state));
  if (found) return isStale(found, state) ? readAgain(found, condition, state) : found;
  return readFirst(condition, state);
};

/** Whether a reading is older than a wait: a reading of the world before a wait says nothing about the world after it. */
export const isStale = ({ source }: Resolved, state: BuildState): boolean => {
  const { action, stepId } = source;
  if (action?.effect !== 'read' || stepId === undefined) return false;
  const open = state.frames.flatMap(({ steps }) => steps);
  const at = open.findIndex(({ id }) => id === stepId);
  const step = open[at];
  const own = step?.kind === 'action' && !JSON.stringify(step.input ?? {}).includes('steps.');
  return own && open.slice(at + 1).some(({ kind }) => kind === 'wait');
};

const readAgain = (found: Resolved, condition: Condition, state: BuildState): Resolved | undefined => {
  const { action, stepId } = found.source;
  if (!action) return found;
  const old = state.frames.flatMap(({ steps }) => steps).find(({ id }) => id === stepId);
  const id = addAction(action, '', state);
  const steps = current(state).steps;
  const fresh = steps.at(-1);
  if (fresh?.kind === 'action' && old?.kind === 'action' && old.input)
    steps[steps.length - 1] = { ...fresh, input: old.input };
  state.notes.push(
    `“${action.name}” is done again before “${condition.text}” is decided, since time has passed.`,
  );
  return resolveCondition(condition, [stepSource(id, action)]) ?? found;
};

/** Puts in the reading a condition needs: the read action whose name and output fit it best. */
const readFirst = (condition: Condition, state: BuildState): Resolved | undefined => {
  const candidates = state.index.actions
    .map(({ spec }) => spec)
    .filter(({ effect }) => effect === 'read')
    .flatMap((action) => {
      const resolved = resolveCondition(condition, [stepSource('x', action)]);
      if (!resolved) return [];
      const near =
        rankActions(condition.text, state.index).find((match) => match.action.id === action.id)?.score ?? 0;
      const needs = properties(action.inputSchema).filter(
        (property) => property.required && findReference(property, visible(state), []) === undefined,
      ).length;
      return [{ action, score: near - needs * 0.1 }];
    })
    .sort((a, b) => b.score - a.score);
  const [best] = candidates;
  if (!best) return undefined;
  const id = addAction(best.action, findLiterals(condition.text).ids.join(' '), state);
  state.notes.push(`I put in “${best.action.name}”, because “${condition.text}” needs it.`);
  return resolveCondition(condition, [stepSource(id, best.action)]);
};

/** Opens a case: in the branch just before when it asks the same step, else in a new branch. */
export const openCase = (
  condition: Condition,
  resolved: Resolved,
  state: BuildState,
  untilEnd: boolean,
): void => {
  const label = `${condition.negated ? 'unless ' : ''}${condition.text}`;
  const about = resolved.source.expression;
  const open = siblingBranch(about, state);
  const branch = open ?? newBranch(label, about, state);
  const steps: Step[] = [];
  branch.cases.push({ when: `\${{ ${resolved.expression} }}`, title: capitalize(label), steps });
  state.frames.push({ steps, sources: [], guard: resolved.expression, label, untilEnd, branch });
  state.last = undefined;
};

const siblingBranch = (about: string, state: BuildState): OpenBranch | undefined => {
  // In an open case the branch itself stands one list further out.
  const openIndex = state.frames.findLastIndex(
    ({ branch }) => branch?.about === about && branch.otherwise === undefined,
  );
  const open = state.frames[openIndex]?.branch;
  if (open && state.frames.slice(openIndex + 1).every(({ branch }) => branch !== undefined)) {
    state.frames.splice(openIndex);
    return open;
  }
  const { last } = state;
  const here = last && last.home === current(state) && current(state).steps.at(-1)?.id === last.id;
  return here && last.about === about && last.otherwise === undefined ? last : undefined;
};

const newBranch = (label: string, about: string, state: BuildState): OpenBranch => {
  const home = current(state);
  const id = state.newId(idFrom(label));
  const cases: OpenBranch['cases'] = [];
  const branch: OpenBranch = { id, cases, about, home };
  home.steps.push({ id, kind: 'branch', title: `${capitalize(label)}?`, cases });
  return branch;
};

const idFrom = (label: string): string => {
  const told = words(label).filter((word) => /^(?:no|not|unless)$/.test(word) || !stopWords.has(word));
  return slug(told.slice(0, 3).join(' ')) || 'decide';
};

/** Opens the otherwise list of the innermost open branch, or of the one just closed. False when there is none. */
export const openOtherwise = (state: BuildState): boolean => {
  const at = state.frames.findLastIndex(
    ({ branch }) => branch !== undefined && branch.otherwise === undefined,
  );
  const branch = state.frames[at]?.branch ?? (state.last?.otherwise === undefined ? state.last : undefined);
  if (!branch) return false;
  if (at >= 0) state.frames.splice(at);
  const steps: Step[] = [];
  branch.otherwise = steps;
  const home = branch.home.steps;
  const place = home.findIndex(({ id }) => id === branch.id);
  const built = home[place];
  if (built?.kind === 'branch') home[place] = { ...built, otherwise: steps };
  state.frames.push({ steps, sources: [], untilEnd: true, branch });
  return true;
};

/** Closes the innermost list; remembers its branch for a later "otherwise". */
export const closeFrame = (state: BuildState): Frame | undefined => {
  if (state.frames.length < 2) return undefined;
  const frame = state.frames.pop();
  if (frame?.branch) state.last = frame.branch;
  return frame;
};
