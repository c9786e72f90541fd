import type { ActionLookup } from './action-spec.js';
import type { Step } from './definition.js';
import { describeDuration } from './duration.js';

/** What a step is called: its own title, else one made from what it does. */
export const titleOf = (step: Step, actions: ActionLookup): string => {
  if (step.title) return step.title;
  switch (step.kind) {
    case 'action':
      return actions.get(step.action)?.name ?? step.action;
    case 'wait':
      if (step.duration !== undefined) return `Wait ${describeDuration(step.duration)}`;
      return step.signal === undefined ? `Wait until ${step.until ?? 'a time'}` : `Wait for ${step.signal}`;
    case 'branch':
      return 'Decide';
    case 'parallel':
      return 'Side by side';
    case 'forEach':
      return 'For each item';
    case 'repeat':
      return 'Repeat';
    case 'approval':
      return 'Approval';
    case 'set':
      return `Set ${Object.keys(step.values).join(', ') || 'values'}`;
    case 'workflow':
      return `Run ${step.workflow}`;
    case 'stop':
      return step.outcome === 'failed' ? 'Stop as failed' : 'Stop';
  }
};
