import { numberedSteps } from '../../agent/numbered-steps.js';
import type { StepCard } from '../../protocol/chat.js';
import type { ActionLookup } from '../../workflow/action-spec.js';
import type { Definition, Step, StepKind } from '../../workflow/definition.js';

/** Every step as a card of the first version's page, in reading order, those inside other steps included. */
export const toCards = (definition: Definition, actions: ActionLookup): readonly StepCard[] =>
  numberedSteps(definition, actions).map(({ stepNumber, title, actionId, params, step }) => ({
    stepNumber,
    title,
    ...lookOf(step, actions),
    actionId,
    status: 'pending',
    params,
  }));

type Look = Pick<StepCard, 'description' | 'connector' | 'icon'>;

const lookOf = (step: Step, actions: ActionLookup): Look => {
  if (step.kind !== 'action') return { connector: 'Flow', ...kindLooks[step.kind] };
  const action = actions.get(step.action);
  return {
    description: action?.description ?? 'This action is not in the catalog.',
    connector: action?.category ?? 'Unknown',
    icon: action?.icon ?? 'box',
  };
};

const kindLooks: Readonly<Record<Exclude<StepKind, 'action'>, Omit<Look, 'connector'>>> = {
  wait: { description: 'Waits for a time or a signal.', icon: 'clock' },
  branch: { description: 'Goes on by the first condition that holds.', icon: 'git-branch' },
  parallel: { description: 'Runs its branches side by side.', icon: 'columns' },
  forEach: { description: 'Runs its steps once per item.', icon: 'repeat' },
  repeat: { description: 'Runs its steps until a condition holds.', icon: 'repeat' },
  approval: { description: 'Waits for a person to decide.', icon: 'user-check' },
  set: { description: 'Sets variables.', icon: 'variable' },
  workflow: { description: 'Runs another workflow.', icon: 'workflow' },
  stop: { description: 'Ends the workflow.', icon: 'octagon' },
};
