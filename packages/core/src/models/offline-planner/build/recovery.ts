import type { Step } from '../../../workflow/definition.js';
import type { Condition } from '../language/clauses.js';
import { type BuildState, current } from './build-state.js';

const failure =
  /^(?:(?:it|this|that|the (?:step|call|action|last step)) )?(?:fails?|failed|does not work|goes wrong)$|^there is an? (?:error|failure)$/i;

/** "if it fails, …": opens the recovery list of the action just before. False when the condition says something else. */
export const openRecovery = ({ text, negated }: Condition, state: BuildState): boolean => {
  const home = current(state).steps;
  const last = home.at(-1);
  if (negated || !failure.test(text.trim()) || last?.kind !== 'action') return false;
  const steps: Step[] = [];
  home[home.length - 1] = { ...last, onError: { steps } };
  state.frames.push({ steps, sources: [], label: 'It failed', untilEnd: true });
  return true;
};
