import type { JsonObject } from '../json.js';
import type { ActionLookup } from '../workflow/action-spec.js';
import type { Definition, Step } from '../workflow/definition.js';
import { titleOf } from '../workflow/title.js';
import { walkSteps } from '../workflow/walk.js';
import { actionIdOf } from './step-kind-ids.js';
import { paramsOf } from './step-params.js';

/** A step with its number in reading order, from 1: what people and the first version's tools count by. */
export interface NumberedStep {
  readonly stepNumber: number;
  readonly id: string;
  readonly title: string;
  readonly actionId: string;
  readonly params: JsonObject;
  readonly step: Step;
}

/** Every step of a definition in reading order, those inside other steps included. */
export const numberedSteps = (definition: Definition, actions: ActionLookup): readonly NumberedStep[] =>
  [...walkSteps(definition.steps)].map(({ step }, index) => ({
    stepNumber: index + 1,
    id: step.id,
    title: titleOf(step, actions),
    actionId: actionIdOf(step, actions),
    params: paramsOf(step),
    step,
  }));
