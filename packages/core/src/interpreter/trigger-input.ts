import { compileCondition, compileTemplates } from '../expressions/compile.js';
import type { Json } from '../json.js';
import type { CheckedInput } from '../workflow/check-input.js';
import type { Definition } from '../workflow/definition.js';
import { subRunInput } from './sub-run.js';

/**
 * The input of a run that its trigger starts: the trigger's templates over `trigger`, with the defaults of the definition's
 * `inputs`, and what does not fit them. Throws `expression_failed`.
 *
 * @example
 * triggerInput({ …, trigger: { kind: 'webhook', input: { id: '${{ trigger.body.id }}' } } }, { body: { id: 7 } });
 */
export const triggerInput = (definition: Definition, trigger: Json): CheckedInput =>
  subRunInput(definition, compileTemplates(definition.trigger?.input ?? {}).evaluate({ trigger }));

/** Whether the trigger's own condition lets what came start a run. Throws `expression_failed`. */
export const triggerHolds = ({ trigger }: Definition, came: Json): boolean =>
  trigger?.kind !== 'event' ||
  trigger.when === undefined ||
  compileCondition(trigger.when).test({ trigger: came });
