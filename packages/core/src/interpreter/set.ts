import { compileTemplates } from '../expressions/compile.js';
import { isRecord } from '../json.js';
import type { SetStep } from '../workflow/definition.js';
import { succeeded } from './result.js';
import { type CompiledStep, simpleStep } from './step-list.js';

/** Sets variables. All values are evaluated before the first is set. */
export const compileSet = (step: SetStep): CompiledStep => {
  const values = compileTemplates(step.values);
  return simpleStep(step.id, ({ scope }) => {
    const evaluated = values.evaluate(scope);
    if (isRecord(evaluated)) Object.assign(scope.vars, evaluated);
    return succeeded(null);
  });
};
