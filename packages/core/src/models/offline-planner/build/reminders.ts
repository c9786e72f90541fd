import type { ActionSpec } from '../../../workflow/action-spec.js';
import { describeDuration } from '../../../workflow/duration.js';
import { concepts } from '../language/tokens.js';
import { resolveCondition } from '../matching/conditions.js';
import { closeFrame, conditionHere, isStale, openCase } from './branches.js';
import { type BuildState, current, visible } from './build-state.js';

const noReply = { text: 'no reply', negated: false } as const;
const reminding = new Set(['followup', 'escalate']);

/** Whether a clause reminds or escalates: both presuppose that nobody answered. */
export const isReminder = (text: string, action: ActionSpec): boolean =>
  concepts(text).some((term) => reminding.has(term)) && action.effect !== 'read';

/**
 * Adds a reminder or an escalation nobody put a condition on: after a wait it goes ahead only when no reply came. A second
 * one waits as long again and looks again ("chase once, then escalate").
 */
export const addReminder = (add: () => void, state: BuildState): void => {
  if (hangsOnReply(state)) addGuarded(add, state);
  else add();
};

const addGuarded = (add: () => void, state: BuildState): void => {
  const depth = state.frames.length;
  const after = continues(state);
  const duration = lastWait(state);
  if (after) {
    state.frames.push(...state.chain);
    const last = current(state).steps.at(-1);
    if (last?.kind !== 'wait' && last?.kind !== 'repeat' && duration !== undefined) {
      current(state).steps.push({ id: state.newId('wait'), kind: 'wait', duration });
      state.notes.push(`Between the reminders I put the same wait again (${describeDuration(duration)}).`);
    }
  }
  const resolved = conditionHere(noReply, state);
  if (resolved) {
    openCase(noReply, resolved, state, false);
    add();
    state.chain = state.frames.slice(depth);
    while (state.frames.length > depth) closeFrame(state);
  } else add();
};

const hangsOnReply = (state: BuildState): boolean => {
  if (state.actions.length === 0) return false;
  if (continues(state)) return true;
  const known = resolveCondition(noReply, visible(state));
  const stale = known !== undefined && isStale(known, state);
  if (known && !stale && state.frames.some(({ branch }) => branch?.about === known.source.expression))
    return false;
  const guarded = state.frames.some(({ branch }) => branch !== undefined);
  const waited = current(state).steps.some(({ kind }) => kind === 'wait');
  return guarded ? waited : known !== undefined || waited;
};

/** Whether the branch of the last reminder is the last step here. */
const continues = (state: BuildState): boolean => {
  const [outer] = state.chain;
  return outer?.branch !== undefined && current(state).steps.at(-1)?.id === outer.branch.id;
};

const lastWait = (state: BuildState): string | undefined => {
  for (const { steps } of [...state.frames, ...state.chain].reverse()) {
    const wait = steps.findLast((step) => step.kind === 'wait' && step.duration !== undefined);
    if (wait?.kind === 'wait') return wait.duration;
  }
  return undefined;
};
