import type { ActionLookup } from '../workflow/action-spec.js';
import type { Step, StepKind } from '../workflow/definition.js';

/** A kind of step that is no action of the catalog. */
export type FlowKind = Exclude<StepKind, 'action'>;

/** A step kind goes by an action id too: the first version's (`wait_timer`, `conditional_router`), else one after the kind. */
const kindIds = {
  wait: 'wait_timer',
  branch: 'conditional_router',
  parallel: 'parallel',
  forEach: 'for_each',
  repeat: 'repeat',
  approval: 'approval',
  set: 'set_variables',
  workflow: 'workflow',
  stop: 'stop',
} as const satisfies Record<FlowKind, string>;

const isFlowKind = (name: string): name is FlowKind => Object.hasOwn(kindIds, name);
const flowKinds = Object.keys(kindIds).filter(isFlowKind);

/** The step kind that an action id, or the kind's own name, means; undefined for an action. */
export const kindOfId = (id: string): FlowKind | undefined =>
  isFlowKind(id) ? id : flowKinds.find((kind) => kindIds[kind] === id);

/** The action id a step goes by; an alias is given as the catalog's own id. */
export const actionIdOf = (step: Step, actions: ActionLookup): string =>
  step.kind === 'action' ? (actions.get(step.action)?.id ?? step.action) : kindIds[step.kind];

/** The id that `id` means: an action of the catalog (aliases included) or a step kind. Undefined when it means nothing. */
export const knownActionId = (id: string, actions: ActionLookup): string | undefined => {
  const action = actions.get(id);
  if (action) return action.id;
  const kind = kindOfId(id);
  return kind && kindIds[kind];
};
