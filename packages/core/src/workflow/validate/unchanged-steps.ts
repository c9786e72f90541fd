/** Remembers of steps without problems what they were checked against, so that they are not checked again in vain. */
import { compileTemplates } from '../../expressions/compile.js';
import type { JsonSchema } from '../../json.js';
import type { ActionSpec } from '../action-spec.js';
import type { ActionStep, Step } from '../definition.js';
import type { Checking } from './checking.js';
import { ownCopy } from './own-copies.js';
import type { VisibleScope } from './scope.js';

interface Check {
  readonly spec: ActionSpec;
  /** The names it reads, each with what they were. */
  readonly reads: readonly (readonly [root: string, name: string, was: unknown])[];
  readonly ended: JsonSchema;
}

const checks = new WeakMap<Step, Check>();

/** What a step gives that was without problems in a scope which, for what it reads, was the same; else undefined. */
export const endOfUnchanged = (
  step: Step,
  scope: VisibleScope,
  { actions }: Checking,
): JsonSchema | undefined => {
  const check = checks.get(step);
  if (!check || step.kind !== 'action' || actions.get(step.action) !== check.spec) return undefined;
  const same = check.reads.every(([root, name, was]) => lookUp(scope, root, name) === was);
  return same ? check.ended : undefined;
};

/** Remembers a step that was found to be without problems: an action whose input is all that it has to check. */
export const rememberSound = (
  step: Step,
  scope: VisibleScope,
  { actions }: Checking,
  ended: JsonSchema,
): void => {
  if (step.kind !== 'action' || !isPlain(step) || !ownCopy(step)) return;
  const spec = actions.get(step.action);
  const paths = compileTemplates(step.input ?? {}).references.map(({ path }) => path);
  // The steps or variables as a whole are other ones at every place.
  if (!spec || paths.some((path) => grows(path[0]) && path.length === 1)) return;
  const reads = paths.map(([root, name]): Check['reads'][number] => {
    const [first, second] = [String(root), String(name)];
    return [first, second, lookUp(scope, first, second)];
  });
  checks.set(step, { spec, reads, ended });
};

const isPlain = ({ compensate, onError }: ActionStep): boolean =>
  compensate === undefined && typeof onError !== 'object';

const grows = (root: string | number | undefined): boolean => root === 'steps' || root === 'vars';

const lookUp = (scope: VisibleScope, root: string, name: string): unknown => {
  if (root === 'steps') return scope.steps.get(name);
  return root === 'vars' ? scope.vars.get(name) : scope.names.get(root);
};
