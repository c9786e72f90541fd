import type { JsonSchema } from '../../json.js';
import type { ActionLookup } from '../action-spec.js';
import type { Definition } from '../definition.js';
import { walkSteps } from '../walk.js';
import { checkSteps } from './check-steps.js';
import { checkTexts } from './check-text.js';
import { checkTrigger, servedByDefault } from './check-trigger.js';
import type { Checking } from './checking.js';
import { createProblemList, type ProblemList } from './problem-list.js';
import { type Readable, topScope } from './scope.js';
import { createWorkflowChains } from './workflow-chains.js';

/**
 * The semantic part of validation: actions, inputs, references and types of a definition whose structure is sound.
 * Gives what is known of its output.
 */
export const checkDefinition = (
  definition: Definition,
  lookups: Pick<Checking, 'actions' | 'workflows' | 'triggers'>,
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
    const lookups = { actions, workflows: undefined, triggers: servedByDefault };
    const schema = stops ? undefined : checkDefinition(definition, lookups, createProblemList()).schema;
    known.set(definition, schema);
    return schema;
  };
};
