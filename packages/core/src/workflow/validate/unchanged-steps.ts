/** Remembers of steps without problems what they were checked against, so that they are not checked again in vain. */
import { compileTemplates } from '../../expressions/compile.js';
import type { Json, JsonSchema } from '../../json.js';
import type { ActionSpec } from '../action-spec.js';
import type { Step } from '../definition.js';
import type { Checking } from './checking.js';
import { ownCopy } from './own-copies.js';
import { addVariable, type GrowingScope, type Readable, type VisibleScope } from './scope.js';

interface Check {
  /** Of an action. */
  readonly spec: ActionSpec | undefined;
  /** The names it reads, each with what they were. */
  readonly reads: readonly (readonly [root: string, name: string, was: unknown])[];
  /** The variables it sets. */
  readonly sets: readonly (readonly [name: string, variable: Readable])[];
  readonly ended: JsonSchema;
}

const checks = new WeakMap<Step, Check>();

/**
 * What a step gives that was without problems in a scope which, for what it reads, was the same; else undefined. What it
 * sets is added to the scope.
 */
export const endOfUnchanged = (
  step: Step,
  scope: GrowingScope,
  { actions }: Checking,
): JsonSchema | undefined => {
  const check = checks.get(step);
  if (!check || (step.kind === 'action' && actions.get(step.action) !== check.spec)) return undefined;
  if (!check.reads.every(([root, name, was]) => lookUp(scope, root, name) === was)) return undefined;
  for (const [name, variable] of check.sets) addVariable(scope, name, variable);
  return check.ended;
};

/** Remembers a step that was found to be without problems, when its texts and its action are all that it has to check. */
export const rememberSound = (
  step: Step,
  scope: VisibleScope,
  { actions }: Checking,
  ended: JsonSchema,
): void => {
  const texts = textsOf(step);
  if (texts === undefined || !ownCopy(step)) return;
  const spec = step.kind === 'action' ? actions.get(step.action) : undefined;
  const paths = compileTemplates(texts).references.map(({ path }) => path);
  // The steps or variables as a whole are other ones at every place.
  if (paths.some((path) => grows(path[0]) && path.length === 1)) return;
  const sets = step.kind === 'set' ? variablesOf(step.values, scope) : [];
  // A variable that is set anew was read as it was before.
  if (paths.some(([root, name]) => root === 'vars' && sets.some(([set]) => set === name))) return;
  const reads = paths.map(([root, name]): Check['reads'][number] => {
    const [first, second] = [String(root), String(name)];
    return [first, second, lookUp(scope, first, second)];
  });
  checks.set(step, { spec, reads, sets, ended });
};

/** The texts of a step that are checked; undefined when there is more to check. */
const textsOf = (step: Step): Json | undefined => {
  switch (step.kind) {
    case 'action':
      return step.compensate === undefined && typeof step.onError !== 'object'
        ? (step.input ?? {})
        : undefined;
    case 'set':
      return step.values;
    case 'wait':
      return step.until ?? null;
    case 'approval':
      return [step.title, step.message ?? null];
    case 'stop':
      return [step.reason ?? null, step.output ?? null];
    default:
      return undefined;
  }
};

const variablesOf = (values: object, { vars }: VisibleScope): Check['sets'] =>
  Object.keys(values).flatMap((name) => {
    const variable = vars.get(name);
    return variable ? [[name, variable] as const] : [];
  });

const grows = (root: string | number | undefined): boolean => root === 'steps' || root === 'vars';

const lookUp = (scope: VisibleScope, root: string, name: string): unknown => {
  if (root === 'steps') return scope.steps.get(name);
  return root === 'vars' ? scope.vars.get(name) : scope.names.get(root);
};
