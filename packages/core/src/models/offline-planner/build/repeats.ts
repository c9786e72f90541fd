import type { ActionSpec } from '../../../workflow/action-spec.js';
import type { Step } from '../../../workflow/definition.js';
import type { Repetition } from '../language/clauses.js';
import { stem, words } from '../language/tokens.js';
import { addAction } from './add-action.js';
import { conditionHere } from './branches.js';
import { type BuildState, current, type Frame } from './build-state.js';

/** How many rounds a repetition without a number has. */
const defaultRounds = 10;

/**
 * Adds an action that is done again: action, wait, look, until what was asked holds ("chase up to 3 times", "remind them
 * every day until they answer").
 */
export const addRepeat = (action: ActionSpec, text: string, repeat: Repetition, state: BuildState): void => {
  const home = current(state);
  const frame: Frame = { steps: [], sources: [], untilEnd: false };
  const id = state.newId(`repeat ${stem(words(text)[0] ?? '')}`);
  const pause = repeat.every ?? lastWait(state);
  state.frames.push(frame);
  const rest = (): void => {
    if (pause !== undefined) frame.steps.push({ id: state.newId('wait'), kind: 'wait', duration: pause });
  };
  // Looking again comes after the wait; a reminder before it, and then one looks.
  if (action.effect === 'read') rest();
  addAction(action, text, state);
  if (action.effect !== 'read') rest();
  const wanted = repeat.until ?? 'there is a reply';
  const resolved =
    repeat.until !== undefined || pause !== undefined
      ? conditionHere({ text: wanted, negated: false }, state)
      : undefined;
  state.frames.pop();
  if (repeat.until !== undefined && !resolved) {
    state.unmatched.push({ text: `until ${repeat.until}`, nearest: [], what: 'condition' });
  }
  if (repeat.max === undefined)
    state.notes.push(`It is repeated at most ${defaultRounds} times, since you named no limit.`);
  home.steps.push({
    id,
    kind: 'repeat',
    steps: frame.steps,
    ...(resolved ? { until: `\${{ ${resolved.expression} }}` } : {}),
    max: Math.min(repeat.max ?? defaultRounds, 1000),
  });
  home.sources.push(...frame.sources);
};

/** Opens a loop over what follows in the sentence ("repeat 3 times: …"). */
export const openRounds = (max: number, state: BuildState): void => {
  const steps: Step[] = [];
  current(state).steps.push({
    id: state.newId('repeat'),
    kind: 'repeat',
    steps,
    max: Math.min(Math.max(max, 1), 1000),
  });
  state.frames.push({ steps, sources: [], untilEnd: true });
};

const lastWait = (state: BuildState): string | undefined => {
  const wait = state.frames.flatMap(({ steps }) => steps).findLast(({ kind }) => kind === 'wait');
  return wait?.kind === 'wait' ? wait.duration : undefined;
};
