import type { JsonSchema } from '../../json.js';
import type { ActionLookup } from '../action-spec.js';
import type { Definition, Trigger } from '../definition.js';
import { walkSteps } from '../walk.js';
import { knownAction } from './check-action.js';
import { checkSteps } from './check-steps.js';
import { checkCondition, checkTexts } from './check-text.js';
import { type Checking, report, type Spot } from './checking.js';
import { createProblemList, type ProblemList } from './problem-list.js';
import { type Readable, topScope, type VisibleScope } from './scope.js';
import { createWorkflowChains } from './workflow-chains.js';

/**
 * The semantic part of validation: actions, inputs, references and types of a definition whose structure is sound.
 * Gives what is known of its output.
 */
export const checkDefinition = (
  definition: Definition,
  lookups: Pick<Checking, 'actions' | 'workflows'>,
  problems: ProblemList,
): Readable => {
  const order = new Map([...walkSteps(definition.steps)].map(({ step }, index) => [step.id, index] as const));
  const checking: Checking = {
    definition,
    ...lookups,
    chains: lookups.workflows && createWorkflowChains(definition, lookups.workflows),
    problems,
    order,
    outputOf: outputsOver(lookups.actions),
  };
  if (definition.trigger) checkTrigger(definition.trigger, checking);
  const scope = topScope(definition);
  checkSteps(definition.steps, '/steps', scope, checking);
  return checkTexts(definition.output ?? null, { path: '/output' }, scope, checking);
};

/** What a run gives, worked out once a definition; unknown where a `stop` may end it with another output. */
const outputsOver = (actions: ActionLookup): Checking['outputOf'] => {
  const known = new Map<Definition, JsonSchema | undefined>();
  return (definition) => {
    if (known.has(definition)) return known.get(definition);
    const stops = [...walkSteps(definition.steps)].some(
      ({ step }) => step.kind === 'stop' && step.outcome === 'succeeded',
    );
    const lookups = { actions, workflows: undefined };
    const schema = stops ? undefined : checkDefinition(definition, lookups, createProblemList()).schema;
    known.set(definition, schema);
    return schema;
  };
};

/** A trigger's templates see what triggered alone. */
const checkTrigger = (trigger: Trigger, checking: Checking): void => {
  const spot: Spot = { path: '/trigger' };
  const scope: VisibleScope = { names: new Map([['trigger', undefined]]), steps: new Map(), vars: new Map() };
  if (trigger.kind !== 'manual') {
    const message = `This server does not start runs by a trigger of kind "${trigger.kind}" yet: start them by hand.`;
    report(checking, spot, 'trigger_inactive', message, {
      severity: 'warning',
      fix: [{ op: 'setTrigger', trigger: { kind: 'manual' } }],
    });
  }
  if (trigger.kind === 'poll') knownAction(trigger.action, { path: '/trigger/action' }, checking);
  if (trigger.kind === 'event' && trigger.when !== undefined) {
    checkCondition(trigger.when, { path: '/trigger/when' }, scope, checking);
  }
  checkTexts(trigger.input ?? {}, { path: '/trigger/input' }, scope, checking);
};
