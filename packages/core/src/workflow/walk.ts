import type { Definition, Step } from './definition.js';

/** A list of steps inside a step; `list` is its name in edits, which is also its JSON Pointer inside the step (see `ListRef`). */
export interface ChildList {
  readonly list: string;
  readonly steps: readonly Step[];
}

/** The lists of steps inside a step, in reading order. */
export const childLists = (step: Step): readonly ChildList[] => {
  switch (step.kind) {
    case 'branch':
      return [
        ...step.cases.map(({ steps }, index) => ({ list: `cases/${index}`, steps })),
        ...(step.otherwise ? [{ list: 'otherwise', steps: step.otherwise }] : []),
      ];
    case 'parallel':
      return step.branches.map(({ steps }, index) => ({ list: `branches/${index}`, steps }));
    case 'forEach':
    case 'repeat':
      return [{ list: 'steps', steps: step.steps }];
    case 'action':
    case 'workflow':
      return typeof step.onError === 'object' ? [{ list: 'onError', steps: step.onError.steps }] : [];
    default:
      return [];
  }
};

/** A step with its place. */
export interface PlacedStep {
  readonly step: Step;
  /** JSON Pointer of the step in the definition, e.g. `/steps/3/cases/0/steps/1`. */
  readonly path: string;
  readonly parent?: { readonly step: Step; readonly list: string };
}

/** The JSON Pointer, inside a step, of one of its lists. */
export const listPointer = (list: string): string =>
  list === 'steps' || list === 'otherwise' ? `/${list}` : `/${list}/steps`;

/** Every step in reading order, each before the steps inside it. Does not recurse, so depth is no danger. */
export function* walkSteps(steps: readonly Step[]): Generator<PlacedStep, void, undefined> {
  const pending: PlacedStep[] = [];
  const push = (list: readonly Step[], prefix: string, parent?: PlacedStep['parent']): void => {
    for (const [index, step] of [...list.entries()].reverse()) {
      pending.push({ step, path: `${prefix}/${index}`, ...(parent ? { parent } : {}) });
    }
  };
  push(steps, '/steps');
  for (let placed = pending.pop(); placed; placed = pending.pop()) {
    yield placed;
    for (const { list, steps: inner } of [...childLists(placed.step)].reverse()) {
      push(inner, `${placed.path}${listPointer(list)}`, { step: placed.step, list });
    }
  }
}

/** The step of an id, wherever it is. */
export const findStep = (definition: Definition, id: string): Step | undefined => {
  for (const { step } of walkSteps(definition.steps)) if (step.id === id) return step;
  return undefined;
};
