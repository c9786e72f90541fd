import { type CompiledTemplates, compileTemplates } from '../expressions/compile.js';
import type { Definition, Step } from '../workflow/definition.js';
import { parseDuration } from '../workflow/duration.js';
import { compileAction } from './action.js';
import { compileApproval } from './approval.js';
import { compileBranch } from './branch.js';
import { compileForEach } from './for-each.js';
import { compileParallel } from './parallel.js';
import { compileRepeat } from './repeat.js';
import { compileSet } from './set.js';
import type { CompiledList, CompiledStep } from './step-list.js';
import { compileStop } from './stop.js';
import { compileSubWorkflow } from './sub-workflow.js';
import { compileWait } from './wait.js';

/** A definition with its templates parsed, ready to run any number of times. */
export interface CompiledDefinition {
  readonly steps: CompiledList;
  readonly output: CompiledTemplates;
  readonly timeoutMs: number | undefined;
  readonly compensates: boolean;
}

const compiled = new WeakMap<Definition, CompiledDefinition>();

/** Compiles a definition, once per object. Throws `expression_failed` on a syntax error in a template. */
export const compileDefinition = (definition: Definition): CompiledDefinition => {
  const known = compiled.get(definition);
  if (known) return known;
  const { timeout, onFailure } = definition.config ?? {};
  const fresh = {
    steps: compileList(definition.steps),
    output: compileTemplates(definition.output ?? null),
    timeoutMs: timeout === undefined ? undefined : parseDuration(timeout),
    compensates: onFailure !== 'none',
  };
  compiled.set(definition, fresh);
  return fresh;
};

const compileList = (steps: readonly Step[]): CompiledList => steps.map(compileStep);

const compileStep = (step: Step): CompiledStep => {
  switch (step.kind) {
    case 'action':
      return compileAction(step, compileList);
    case 'branch':
      return compileBranch(step, compileList);
    case 'parallel':
      return compileParallel(step, compileList);
    case 'forEach':
      return compileForEach(step, compileList);
    case 'repeat':
      return compileRepeat(step, compileList);
    case 'wait':
      return compileWait(step);
    case 'approval':
      return compileApproval(step);
    case 'set':
      return compileSet(step);
    case 'workflow':
      return compileSubWorkflow(step, compileList);
    case 'stop':
      return compileStop(step);
  }
};
