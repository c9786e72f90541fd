import { memberSchema, schemaKinds } from '../../expressions/schema-walk.js';
import { isRecord, type JsonSchema } from '../../json.js';
import type { ForEachStep, OnError, RepeatStep, Step, WaitStep } from '../definition.js';
import { parseDuration } from '../duration.js';
import { definitionLimits } from '../limits.js';
import { checkAction, checkCompensation } from './check-action.js';
import { checkSubWorkflow } from './check-sub-workflow.js';
import { checkCondition, checkText, checkTexts } from './check-text.js';
import { checkBoolean } from './check-type.js';
import { type Checking, member, report, type Spot } from './checking.js';
import {
  addStep,
  addVariable,
  enterScope,
  type GrowingScope,
  keepVariables,
  leaveScope,
  revealSteps,
} from './scope.js';
import { endedStep, failedStep, outputSchema } from './step-schemas.js';
import { endOfUnchanged, rememberSound } from './unchanged-steps.js';

/** Checks a list of steps in order; each is visible to those after it. */
export const checkSteps = (
  steps: readonly Step[],
  listPath: string,
  scope: GrowingScope,
  checking: Checking,
): void => {
  for (const [index, step] of steps.entries()) {
    if (checking.problems.full()) return;
    const path = `${listPath}/${index}`;
    const spot: Spot = { path, step: { id: step.id, path } };
    const before = steps[index - 1];
    if (before?.kind === 'stop') {
      const message = `The step "${step.id}" never runs: the run stops at "${before.id}".`;
      report(checking, spot, 'unreachable_step', message, {
        severity: 'warning',
        fix: [{ op: 'remove', id: step.id }],
      });
    }
    addStep(scope, step.id, endOf(step, spot, scope, checking));
    if (step.kind === 'action' && step.compensate) {
      checkCompensation(step, step.compensate, member(spot, 'compensate'), scope, checking);
    }
  }
};

/** Checks a step unless it is known to be sound; gives the schema of `steps.<id>`. */
const endOf = (step: Step, spot: Spot, scope: GrowingScope, checking: Checking): JsonSchema => {
  const known = endOfUnchanged(step, scope, checking);
  if (known) return known;
  const problemsBefore = checking.problems.added();
  const ended = endedStep(step, checkStep(step, spot, scope, checking));
  if (checking.problems.added() === problemsBefore) rememberSound(step, scope, checking, ended);
  return ended;
};

/** Checks a step and what is inside it; gives the schema of its output. */
const checkStep = (
  step: Step,
  spot: Spot,
  scope: GrowingScope,
  checking: Checking,
): JsonSchema | undefined => {
  switch (step.kind) {
    case 'action':
      checkAction(step, spot, scope, checking);
      checkRecovery(step.id, step.onError, spot, scope, checking);
      break;
    case 'branch': {
      for (const [index, { when, steps }] of step.cases.entries()) {
        const at = member(member(spot, 'cases'), index);
        condition(when, member(at, 'when'), scope, checking);
        checkAside(steps, member(at, 'steps').path, scope, checking);
      }
      checkAside(step.otherwise ?? [], member(spot, 'otherwise').path, scope, checking);
      break;
    }
    case 'parallel': {
      const inners = step.branches.map(({ steps }, index) => {
        const inner = enterScope(scope);
        checkSteps(steps, `${spot.path}/branches/${index}/steps`, inner, checking);
        return leaveScope(inner);
      });
      for (const added of inners) revealSteps(added, scope);
      break;
    }
    case 'forEach':
      return checkForEach(step, spot, scope, checking);
    case 'repeat':
      checkRepeat(step, spot, scope, checking);
      break;
    case 'wait':
      checkWait(step, spot, scope, checking);
      break;
    case 'approval':
      checkText(step.title, member(spot, 'title'), scope, checking);
      checkText(step.message ?? '', member(spot, 'message'), scope, checking);
      if (step.approvers?.length === 0) {
        const at = member(spot, 'approvers');
        report(
          checking,
          at,
          'no_approvers',
          'Nobody can answer this approval: the list of approvers is empty.',
          {
            severity: 'warning',
            fix: [{ op: 'update', id: step.id, set: {}, unset: ['/approvers'] }],
          },
        );
      }
      break;
    case 'set': {
      // All values are worked out before the first variable is set.
      const at = member(spot, 'values');
      const values = Object.entries(step.values).map(
        ([name, value]) => [name, general(checkTexts(value, member(at, name), scope, checking))] as const,
      );
      for (const [name, variable] of values) addVariable(scope, name, variable);
      break;
    }
    case 'workflow': {
      const output = checkSubWorkflow(step, spot, scope, checking);
      checkRecovery(step.id, step.onError, spot, scope, checking);
      return output;
    }
    case 'stop':
      checkText(step.reason ?? '', member(spot, 'reason'), scope, checking);
      checkTexts(step.output ?? null, member(spot, 'output'), scope, checking);
  }
  return outputSchema(step, checking.actions);
};

const condition = (text: string, spot: Spot, scope: GrowingScope, checking: Checking): void => {
  const given = checkCondition(text, spot, scope, checking);
  if (given) checkBoolean(given, spot, checking);
};

/** A case or recovery list: its steps stay in it, its variables may be set afterwards. */
const checkAside = (
  steps: readonly Step[],
  path: string,
  scope: GrowingScope,
  checking: Checking,
  own?: readonly [id: string, schema: JsonSchema],
): void => {
  const inner = enterScope(scope);
  if (own) addStep(inner, ...own);
  checkSteps(steps, path, inner, checking);
  keepVariables(leaveScope(inner), scope);
};

const checkRecovery = (
  id: string,
  onError: OnError | undefined,
  spot: Spot,
  scope: GrowingScope,
  checking: Checking,
): void => {
  if (typeof onError === 'object') {
    checkAside(onError.steps, `${spot.path}/onError/steps`, scope, checking, [id, failedStep]);
  }
};

const checkForEach = (step: ForEachStep, spot: Spot, scope: GrowingScope, checking: Checking): JsonSchema => {
  const items = checkTexts(step.items, member(spot, 'items'), scope, checking);
  const kinds = schemaKinds(items.schema);
  if (kinds && !kinds.has('array')) {
    report(
      checking,
      member(spot, 'items'),
      'type_mismatch',
      'A forEach needs a list of items, such as "${{ inputs.shipments }}".',
    );
  }
  const first = memberSchema(items.schema, 0);
  const item = 'schema' in first ? first.schema : undefined;
  const inner = enterScope(scope, { [step.as ?? 'item']: item, index: { type: 'number' } });
  checkSteps(step.steps, member(spot, 'steps').path, inner, checking);
  const result =
    step.output === undefined
      ? lastOutput(step.steps, inner)
      : checkTexts(step.output, member(spot, 'output'), inner, checking).schema;
  leaveScope(inner);
  const results = { type: 'array', ...(result ? { items: result } : {}) };
  return { type: 'object', properties: { results }, required: ['results'] };
};

const lastOutput = (steps: readonly Step[], scope: GrowingScope): JsonSchema | undefined => {
  const ended = scope.steps.get(steps.at(-1)?.id ?? '');
  const output = isRecord(ended?.properties) ? ended.properties.output : undefined;
  return isRecord(output) ? output : undefined;
};

const checkRepeat = (step: RepeatStep, spot: Spot, scope: GrowingScope, checking: Checking): void => {
  const inner = enterScope(scope);
  checkSteps(step.steps, member(spot, 'steps').path, inner, checking);
  if (step.until !== undefined) condition(step.until, member(spot, 'until'), inner, checking);
  revealSteps(leaveScope(inner), scope);
};

const checkWait = (step: WaitStep, spot: Spot, scope: GrowingScope, checking: Checking): void => {
  checkText(step.until ?? '', member(spot, 'until'), scope, checking);
  for (const field of ['duration', 'timeout'] as const) {
    const text = step[field];
    if (text === undefined || (parseDuration(text) ?? 0) <= definitionLimits.longWaitMs) continue;
    report(
      checking,
      member(spot, field),
      'long_wait',
      `This waits ${text}, more than a year. Is that meant?`,
      {
        severity: 'warning',
      },
    );
  }
};

/** A variable's value may be set anew, so it is known by its kind, not as a constant. */
const general = ({
  schema,
  optional,
}: {
  readonly schema: JsonSchema | undefined;
  readonly optional: boolean;
}) => {
  if (!schema || !('const' in schema)) return { schema, optional };
  const { const: _, ...rest } = schema;
  return { schema: rest, optional };
};
