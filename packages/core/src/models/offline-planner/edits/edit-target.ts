import type { Step } from '../../../workflow/definition.js';
import { titleOf } from '../../../workflow/title.js';
import { walkSteps } from '../../../workflow/walk.js';
import { chooseAction } from '../matching/match-actions.js';
import { ask, type EditContext, type EditPlan, whichStep } from './edit-plan.js';
import { findTarget } from './find-step.js';

/** A step for a question or a reply: `3 “Check the inbox”`. */
export const numbered = (step: Step, { definition, index }: EditContext): string => {
  const place = [...walkSteps(definition.steps)].findIndex((entry) => entry.step.id === step.id) + 1;
  return `${place} “${titleOf(step, index.lookup)}”`;
};

/** Finds one step for an edit, or asks. */
export const withTarget = (text: string, context: EditContext, make: (step: Step) => EditPlan): EditPlan => {
  const target = findTarget(text, context.definition, context.index.lookup);
  if (target.kind === 'one') return make(target.step);
  if (target.kind === 'many') return whichStep(text.trim(), target.steps, (step) => numbered(step, context));
  return ask(`I find no step for “${text.trim()}”. Which step do you mean? Name it by its number or title.`);
};

/**
 * "the email" as a place among several mails is the step of the ordinary one, where the catalog tells which that is. What is
 * to be removed is never guessed like this.
 */
export const ordinary = (text: string, { definition, index }: EditContext): string => {
  if (findTarget(text, definition, index.lookup).kind !== 'many') return text;
  const choice = chooseAction(text, index);
  const steps = [...walkSteps(definition.steps)];
  const fitting = steps.flatMap(({ step }, place) =>
    choice.kind === 'found' && step.kind === 'action' && step.action === choice.action.id ? [place + 1] : [],
  );
  return fitting.length === 1 ? `step ${fitting[0]}` : text;
};
