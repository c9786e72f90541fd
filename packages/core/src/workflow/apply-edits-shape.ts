import { isRecord } from '../json.js';
import type { Definition, Step } from './definition.js';
import { definitionLimits } from './limits.js';
import { childLists, walkSteps } from './walk.js';

type ListFields = readonly [field: string, required: boolean, nested: boolean][];

/** Per kind, where lists of steps stand; `nested`: in `steps` of each entry. */
const listFields: ReadonlyMap<unknown, ListFields> = new Map<unknown, ListFields>([
  ['action', []],
  [
    'branch',
    [
      ['cases', true, true],
      ['otherwise', false, false],
    ],
  ],
  ['parallel', [['branches', true, true]]],
  ['forEach', [['steps', true, false]]],
  ['repeat', [['steps', true, false]]],
  ['wait', []],
  ['approval', []],
  ['set', []],
  ['workflow', []],
  ['stop', []],
]);

/** Says why a value cannot stand among the steps; undefined when it can. Fields that no list of steps is in are left to the validation. */
export const stepShapeProblem = (value: unknown, depth = 0): string | undefined => {
  // Deeper ones are refused before anything recurses into them.
  if (depth > definitionLimits.stepDepth) {
    return `Steps are nested more than ${definitionLimits.stepDepth} deep.`;
  }
  if (!isRecord(value)) return 'A step is an object with id and kind.';
  if (typeof value.id !== 'string' || value.id === '') return 'A step needs an id.';
  const fields = listFields.get(value.kind);
  if (!fields)
    return `The step "${value.id}" has no known kind. Kinds: ${[...listFields.keys()].join(', ')}.`;
  const lists: unknown[] = [];
  for (const [field, required, nested] of fields) {
    const list = value[field];
    if (list === undefined && !required) continue;
    if (!Array.isArray(list)) return `The step "${value.id}" needs a list in ${field}.`;
    if (!nested) lists.push(list);
    else for (const entry of list) lists.push(isRecord(entry) ? entry.steps : undefined);
  }
  if (isRecord(value.onError)) lists.push(value.onError.steps);
  for (const list of lists) {
    if (!Array.isArray(list)) return `The step "${value.id}" needs a list of steps in each of its lists.`;
    for (const step of list) {
      const problem = stepShapeProblem(step, depth + 1);
      if (problem) return problem;
    }
  }
  return undefined;
};

/** Whether a value can stand among the steps, see {@link stepShapeProblem}. */
export const isStepShaped = (value: unknown): value is Step => stepShapeProblem(value) === undefined;

/** An id that two steps have. */
export const doubleId = ({ steps }: Definition): string | undefined => {
  const seen = new Set<string>();
  for (const { step } of walkSteps(steps)) {
    if (seen.has(step.id)) return step.id;
    seen.add(step.id);
  }
  return undefined;
};

/** Whether `id` is the step's own or that of a step inside it. */
export const containsId = (step: Step, id: string): boolean =>
  step.id === id || childLists(step).some(({ steps }) => steps.some((inner) => containsId(inner, id)));
