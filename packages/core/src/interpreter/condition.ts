import type { CompiledCondition } from '../expressions/compile.js';
import type { Scope } from '../expressions/frame.js';
import type { Execution } from './execution.js';

/** Whether a condition holds: by its value, unless the runtime decides. `index` is that of the case or round. */
export const holds = (
  { runtime }: Execution,
  condition: CompiledCondition,
  scope: Scope,
  path: string,
  index: number,
): boolean => (runtime.decide ? runtime.decide({ path, index, condition, scope }) : condition.test(scope));
