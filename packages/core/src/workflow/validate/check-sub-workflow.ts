import type { JsonSchema } from '../../json.js';
import type { Definition, WorkflowStep } from '../definition.js';
import { definitionLimits } from '../limits.js';
import { checkTexts } from './check-text.js';
import { checkValue } from './check-value.js';
import { type Checking, member, report, type Spot, setAt } from './checking.js';
import type { VisibleScope } from './scope.js';

/** Checks that a workflow exists at its version, that it ends, and that its input fits. Gives the schema of its output. */
export const checkSubWorkflow = (
  step: WorkflowStep,
  spot: Spot,
  scope: VisibleScope,
  checking: Checking,
): JsonSchema | undefined => {
  const at = member(spot, 'input');
  const definition = knownWorkflow(step, spot, checking);
  if (!definition) {
    checkTexts(step.input ?? {}, at, scope, checking);
    return undefined;
  }
  const schema: JsonSchema = { type: 'object', properties: {}, ...definition.inputs };
  checkValue(step.input ?? {}, { schema, root: schema }, at, scope, checking);
  return checking.outputOf(definition);
};

const knownWorkflow = (
  { workflow, version }: WorkflowStep,
  spot: Spot,
  checking: Checking,
): Definition | undefined => {
  const { workflows, chains, definition } = checking;
  if (!workflows || !chains) return undefined;
  const at = member(spot, 'workflow');
  const called = { id: workflow, version };
  const cycle = chains.backTo(called);
  if (cycle) {
    const message = `"${definition.id}" would run itself: ${[definition.id, ...cycle].join(' → ')}. Take this step out.`;
    report(checking, at, 'workflow_cycle', message);
    return undefined;
  }
  const newest = workflows.newest(workflow);
  if (newest === undefined) {
    report(checking, at, 'unknown_workflow', `There is no workflow "${workflow}". Save it first.`);
    return undefined;
  }
  const found = workflows.get(workflow, version);
  if (!found) {
    const message = `The workflow "${workflow}" has no version ${version}: the newest is ${newest}.`;
    const place = member(spot, 'version');
    report(checking, place, 'unknown_workflow', message, { fix: setAt(place, newest) });
    return undefined;
  }
  const chain = chains.tooDeep(called);
  if (chain) {
    const message = `Workflows run one another at most ${definitionLimits.workflowDepth} deep: ${[definition.id, ...chain].join(' → ')} is deeper.`;
    report(checking, at, 'workflow_depth', message);
  }
  return found;
};
