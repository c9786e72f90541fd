import { compileTemplates } from '../expressions/compile.js';
import type { StopStep } from '../workflow/definition.js';
import { failed } from './result.js';
import { type CompiledStep, simpleStep } from './step-list.js';

/** Ends the run from wherever it is. As `failed` it is a failure with code `stopped`. */
export const compileStop = (step: StopStep): CompiledStep => {
  const output = step.output === undefined ? undefined : compileTemplates(step.output);
  const reason = compileTemplates(step.reason ?? 'The workflow stopped as failed.');
  return simpleStep(step.id, ({ scope }, path) => {
    if (step.outcome === 'failed') return failed('stopped', String(reason.evaluate(scope)), path);
    return { kind: 'stopped', output: output?.evaluate(scope) };
  });
};
