import type { Step } from '../../../workflow/definition.js';
import type { Clause, Condition } from '../language/clauses.js';
import { findDurations } from '../language/durations.js';
import { findLiterals } from '../language/literals.js';
import { withoutLiterals } from '../language/mask.js';
import { capitalize, words } from '../language/tokens.js';
import { chooseAction } from '../matching/match-actions.js';
import { actionFor, addAction } from './add-action.js';
import { closeFrame, conditionHere, openCase, openOtherwise } from './branches.js';
import { type BuildState, current, type Frame } from './build-state.js';
import { openLoop } from './loops.js';
import { openRecovery } from './recovery.js';
import { addReminder, isReminder } from './reminders.js';
import { addRepeat, openRounds } from './repeats.js';

/** Adds the steps of clauses, in order, to the open lists of a build. */
export const addClauses = (clauses: readonly Clause[], state: BuildState): void => {
  for (const clause of clauses) addClause(clause, state);
};

const addClause = (clause: Clause, state: BuildState): void => {
  if (clause.kind === 'end') endSentence(state);
  else if (clause.kind === 'otherwise') addOtherwise(state);
  else if (!state.skipping) addSteps(clause, state);
};

const addSteps = (clause: Exclude<Clause, { kind: 'end' | 'otherwise' }>, state: BuildState): void => {
  switch (clause.kind) {
    case 'if':
      addIf(clause.condition, state);
      break;
    case 'rounds':
      openRounds(clause.max, state);
      break;
    case 'each':
      openLoop(clause.text, state);
      break;
    case 'wait':
      addWait(clause.text, clause.duration, state);
      break;
    case 'approval':
      addApproval(clause.text, state);
      break;
    case 'parallel':
      addParallel(clause.branches, state);
      break;
    case 'stop':
      within(clause.condition, state, () => addStop(clause.text, state));
      break;
    case 'do':
      addTask(clause, state);
  }
};

const addOtherwise = (state: BuildState): void => {
  state.skipping = !openOtherwise(state);
  if (state.skipping) state.unmatched.push({ text: 'otherwise', nearest: [], what: 'condition' });
};

const endSentence = (state: BuildState): void => {
  state.skipping = false;
  while (current(state).untilEnd && closeFrame(state)) state.chain = [];
};

const addIf = (condition: Condition, state: BuildState): void => {
  if (openRecovery(condition, state)) return;
  const resolved = conditionHere(condition, state);
  if (resolved) {
    allowRejection(resolved.source.stepId, state);
    openCase(condition, resolved, state, true);
  } else if (!saysOrder(condition, state)) leaveOut(condition, state);
};

/** "once the document is parsed, …" says an order, not a condition, when that step was just asked for. */
const saysOrder = ({ text, negated }: Condition, state: BuildState): boolean => {
  const choice = chooseAction(text, state.index);
  return !negated && choice.kind === 'found' && state.actions.includes(choice.action.id);
};

const leaveOut = ({ text }: Condition, state: BuildState): void => {
  state.unmatched.push({ text, nearest: [], what: 'condition' });
  state.skipping = true;
};

/** Runs `add`, inside a case of its own when there is a condition; not at all when that cannot be read. */
const within = (condition: Condition | undefined, state: BuildState, add: () => void): void => {
  const resolved = condition && conditionHere(condition, state);
  if (condition && resolved) {
    allowRejection(resolved.source.stepId, state);
    openCase(condition, resolved, state, false);
    add();
    closeFrame(state);
  } else if (condition) state.unmatched.push({ text: condition.text, nearest: [], what: 'condition' });
  else add();
};

const addTask = ({ text, repeat, condition }: Extract<Clause, { kind: 'do' }>, state: BuildState): void => {
  const action = actionFor(text, state);
  if (!action) return;
  const add = (): void => {
    if (repeat?.max !== undefined || repeat?.until !== undefined) addRepeat(action, text, repeat, state);
    else addAction(action, text, state);
  };
  if (!condition && isReminder(text, action)) addReminder(add, state);
  else within(condition, state, add);
};

const addWait = (text: string, duration: string | undefined, state: BuildState): void => {
  const until = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})/.exec(text)?.[0];
  if (until !== undefined) {
    current(state).steps.push({ id: state.newId('wait'), kind: 'wait', until });
    return;
  }
  if (duration === undefined)
    state.notes.push(`“${text}” names no time, so I put 24 hours. Say for example “wait 2 days”.`);
  current(state).steps.push({ id: state.newId('wait'), kind: 'wait', duration: duration ?? 'PT24H' });
};

const approvalSchema = {
  type: 'object',
  required: ['decision'],
  properties: { decision: { type: 'string', enum: ['approved', 'rejected'] } },
};

const addApproval = (text: string, state: BuildState): void => {
  const id = state.newId('approval');
  const { emails } = findLiterals(text);
  const plain = capitalize(text.replace(/\s+/g, ' '));
  const timeout = findDurations(text)[0]?.duration;
  current(state).steps.push({
    id,
    kind: 'approval',
    title:
      withoutLiterals(plain) === plain && words(plain).length >= 2 && plain.length <= 60 ? plain : 'Approval',
    ...(emails.length > 0 ? { approvers: [...emails] } : {}),
    ...(timeout ? { timeout } : {}),
  });
  current(state).sources.push({
    expression: `steps.${id}.output`,
    nouns: ['approve'],
    schema: approvalSchema,
    stepId: id,
  });
};

/** A condition on an approval's decision is only met by a rejection that lets the run go on. */
const allowRejection = (stepId: string | undefined, state: BuildState): void => {
  for (const { steps } of state.frames) {
    const at = steps.findIndex(({ id, kind }) => id === stepId && kind === 'approval');
    const step = steps[at];
    if (step?.kind === 'approval') steps[at] = { ...step, onReject: 'continue' };
  }
};

const addStop = (text: string, state: BuildState): void => {
  const failed = /\b(?:fail\w*|abort|error)\b/i.test(text);
  current(state).steps.push({
    id: state.newId('stop'),
    kind: 'stop',
    outcome: failed ? 'failed' : 'succeeded',
  });
};

const addParallel = (clauses: readonly Clause[], state: BuildState): void => {
  const home = current(state);
  const lists: Frame[] = [];
  const id = state.newId('parallel');
  for (const clause of clauses) {
    const frame: Frame = { steps: [], sources: [], untilEnd: false };
    state.frames.push(frame);
    addClause(clause, state);
    state.frames.splice(state.frames.indexOf(frame));
    if (frame.steps.length > 0) lists.push(frame);
  }
  home.sources.push(...lists.flatMap(({ sources }) => sources));
  const [only] = lists;
  if (lists.length === 1 && only) home.steps.push(...only.steps);
  else if (only)
    home.steps.push({ id, kind: 'parallel', branches: lists.map(({ steps }) => ({ steps })) } satisfies Step);
};
