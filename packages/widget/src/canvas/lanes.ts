import type { Step } from '@fk-workflow/core/protocol';
import { lowerFirst } from '../ui/humanize.js';
import { conditionText } from './expression-text.js';

/** A list of steps inside a step, drawn as a column under it. */
export interface Lane {
  /** As edits name it: `cases/0`, `otherwise`, `branches/1`, `steps`, `onError`. */
  readonly list: string;
  readonly label: string;
  readonly steps: readonly Step[];
  /** The way that is taken when no other is. */
  readonly rest: boolean;
  /** Its steps are repeated: drawn in a frame, so that one sees where they end. */
  readonly loops?: boolean;
}

/** The lanes of a step; empty for one without lists. */
export const lanesOf = (step: Step): readonly Lane[] => {
  switch (step.kind) {
    case 'branch':
      return [
        ...step.cases.map(({ when, title, steps }, index) => ({
          list: `cases/${index}`,
          label: title ?? conditionText(when),
          steps,
          rest: false,
        })),
        { list: 'otherwise', label: 'Otherwise', steps: step.otherwise ?? [], rest: true },
      ];
    case 'parallel':
      return step.branches.map(({ title, steps }, index) => ({
        list: `branches/${index}`,
        label: title ?? `Side ${index + 1}`,
        steps,
        rest: false,
      }));
    case 'forEach':
      return [
        {
          list: 'steps',
          label: `For each ${step.as ?? 'item'}`,
          steps: step.steps,
          rest: false,
          loops: true,
        },
      ];
    case 'repeat':
      return [
        {
          list: 'steps',
          label: step.until ? `Until ${lowerFirst(conditionText(step.until))}` : `${step.max} times`,
          steps: step.steps,
          rest: false,
          loops: true,
        },
      ];
    case 'action':
    case 'workflow': {
      const { onError } = step;
      if (typeof onError !== 'object') return [];
      return [
        { list: 'done', label: 'If it succeeds', steps: [], rest: true },
        { list: 'onError', label: 'If it fails', steps: onError.steps, rest: false },
      ];
    }
    default:
      return [];
  }
};

/** Every step of a list, those inside others included, in reading order. */
export const allSteps = (steps: readonly Step[]): readonly Step[] =>
  steps.flatMap((step) => [step, ...lanesOf(step).flatMap((lane) => allSteps(lane.steps))]);
