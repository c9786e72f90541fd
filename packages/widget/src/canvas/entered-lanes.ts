import type { Step } from '@fk-workflow/core/protocol';
import type { StepView } from '../run/run-view.js';
import { lanesOf } from './lanes.js';

/**
 * The lanes of a step that the run has entered. A branch tells its choice only when the lane it took is over, so
 * until then the steps inside tell it; those of an earlier round of a loop around it do not count.
 */
export const enteredLanes = (step: Step, states: ReadonlyMap<string, StepView>): readonly string[] => {
  const view = states.get(step.id);
  if (!view) return [];
  const round = view.path.slice(0, view.path.lastIndexOf('/') + 1);
  const entered = lanesOf(step).filter(({ steps }) =>
    steps.some(({ id }) => states.get(id)?.path.startsWith(round)),
  );
  if (entered.length > 0) return entered.map(({ list }) => list);
  if (typeof view.lane === 'string') return [view.lane];
  const recovers = step.kind === 'action' || step.kind === 'workflow';
  return recovers && view.state === 'succeeded' ? ['done'] : [];
};
